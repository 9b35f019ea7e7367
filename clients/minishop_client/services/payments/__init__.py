# Generated from openapi/ by scripts/generate.py: do not edit.
"""The payments service."""

from __future__ import annotations

from .health import (
    AsyncHealthResource,
    AsyncHealthResourceWithHeaders,
    HealthResource,
    HealthResourceWithHeaders,
)
from .payments import (
    AsyncPaymentsResource,
    AsyncPaymentsResourceWithHeaders,
    PaymentsResource,
    PaymentsResourceWithHeaders,
)

__all__ = ("PaymentsApi", "AsyncPaymentsApi")


class PaymentsWithHeaders(PaymentsResourceWithHeaders, HealthResourceWithHeaders):
    """The same methods, with a Response: the value, the status and the headers."""


class PaymentsApi(PaymentsResource, HealthResource):
    """The payments service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> PaymentsWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return PaymentsWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)


class AsyncPaymentsWithHeaders(AsyncPaymentsResourceWithHeaders, AsyncHealthResourceWithHeaders):
    """The same methods, with a Response: the value, the status and the headers."""


class AsyncPaymentsApi(AsyncPaymentsResource, AsyncHealthResource):
    """The payments service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncPaymentsWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return AsyncPaymentsWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

# Generated from openapi/ by scripts/generate.py: do not edit.
"""The cart service."""

from __future__ import annotations

from .cart import (
    AsyncCartResource,
    AsyncCartResourceWithHeaders,
    CartResource,
    CartResourceWithHeaders,
)
from .health import (
    AsyncHealthResource,
    AsyncHealthResourceWithHeaders,
    HealthResource,
    HealthResourceWithHeaders,
)

__all__ = ("CartApi", "AsyncCartApi")


class CartWithHeaders(CartResourceWithHeaders, HealthResourceWithHeaders):
    """The same methods, with a Response: the value, the status and the headers."""


class CartApi(CartResource, HealthResource):
    """The cart service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> CartWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return CartWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)


class AsyncCartWithHeaders(AsyncCartResourceWithHeaders, AsyncHealthResourceWithHeaders):
    """The same methods, with a Response: the value, the status and the headers."""


class AsyncCartApi(AsyncCartResource, AsyncHealthResource):
    """The cart service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncCartWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return AsyncCartWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

# Generated from openapi/ by scripts/generate.py: do not edit.
"""The orders service."""

from __future__ import annotations

from .health import (
    AsyncHealthResource,
    AsyncHealthResourceWithHeaders,
    HealthResource,
    HealthResourceWithHeaders,
)
from .orders import (
    AsyncOrdersResource,
    AsyncOrdersResourceWithHeaders,
    OrdersResource,
    OrdersResourceWithHeaders,
)
from .work import (
    AsyncWorkResource,
    AsyncWorkResourceWithHeaders,
    WorkResource,
    WorkResourceWithHeaders,
)

__all__ = ("OrdersApi", "AsyncOrdersApi")


class OrdersWithHeaders(
    OrdersResourceWithHeaders, WorkResourceWithHeaders, HealthResourceWithHeaders
):
    """The same methods, with a Response: the value, the status and the headers."""


class OrdersApi(OrdersResource, WorkResource, HealthResource):
    """The orders service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> OrdersWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return OrdersWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)


class AsyncOrdersWithHeaders(
    AsyncOrdersResourceWithHeaders, AsyncWorkResourceWithHeaders, AsyncHealthResourceWithHeaders
):
    """The same methods, with a Response: the value, the status and the headers."""


class AsyncOrdersApi(AsyncOrdersResource, AsyncWorkResource, AsyncHealthResource):
    """The orders service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncOrdersWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return AsyncOrdersWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

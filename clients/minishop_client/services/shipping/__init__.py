# Generated from openapi/ by scripts/generate.py: do not edit.
"""The shipping service."""

from __future__ import annotations

from .health import (
    AsyncHealthResource,
    AsyncHealthResourceWithHeaders,
    HealthResource,
    HealthResourceWithHeaders,
)
from .shipments import (
    AsyncShipmentsResource,
    AsyncShipmentsResourceWithHeaders,
    ShipmentsResource,
    ShipmentsResourceWithHeaders,
)

__all__ = ("ShippingApi", "AsyncShippingApi")


class ShippingWithHeaders(ShipmentsResourceWithHeaders, HealthResourceWithHeaders):
    """The same methods, with a Response: the value, the status and the headers."""


class ShippingApi(ShipmentsResource, HealthResource):
    """The shipping service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> ShippingWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return ShippingWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)


class AsyncShippingWithHeaders(AsyncShipmentsResourceWithHeaders, AsyncHealthResourceWithHeaders):
    """The same methods, with a Response: the value, the status and the headers."""


class AsyncShippingApi(AsyncShipmentsResource, AsyncHealthResource):
    """The shipping service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncShippingWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return AsyncShippingWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

# Generated from openapi/ by scripts/generate.py: do not edit.
"""The catalog service."""

from __future__ import annotations

from .health import (
    AsyncHealthResource,
    AsyncHealthResourceWithHeaders,
    HealthResource,
    HealthResourceWithHeaders,
)
from .products import (
    AsyncProductsResource,
    AsyncProductsResourceWithHeaders,
    ProductsResource,
    ProductsResourceWithHeaders,
)
from .reservations import (
    AsyncReservationsResource,
    AsyncReservationsResourceWithHeaders,
    ReservationsResource,
    ReservationsResourceWithHeaders,
)

__all__ = ("CatalogApi", "AsyncCatalogApi")


class CatalogWithHeaders(
    ProductsResourceWithHeaders, ReservationsResourceWithHeaders, HealthResourceWithHeaders
):
    """The same methods, with a Response: the value, the status and the headers."""


class CatalogApi(ProductsResource, ReservationsResource, HealthResource):
    """The catalog service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> CatalogWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return CatalogWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)


class AsyncCatalogWithHeaders(
    AsyncProductsResourceWithHeaders,
    AsyncReservationsResourceWithHeaders,
    AsyncHealthResourceWithHeaders,
):
    """The same methods, with a Response: the value, the status and the headers."""


class AsyncCatalogApi(AsyncProductsResource, AsyncReservationsResource, AsyncHealthResource):
    """The catalog service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncCatalogWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return AsyncCatalogWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

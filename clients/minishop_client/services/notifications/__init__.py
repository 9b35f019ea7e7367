# Generated from openapi/ by scripts/generate.py: do not edit.
"""The notifications service."""

from __future__ import annotations

from .health import (
    AsyncHealthResource,
    AsyncHealthResourceWithHeaders,
    HealthResource,
    HealthResourceWithHeaders,
)
from .notifications import (
    AsyncNotificationsResource,
    AsyncNotificationsResourceWithHeaders,
    NotificationsResource,
    NotificationsResourceWithHeaders,
)

__all__ = ("NotificationsApi", "AsyncNotificationsApi")


class NotificationsWithHeaders(NotificationsResourceWithHeaders, HealthResourceWithHeaders):
    """The same methods, with a Response: the value, the status and the headers."""


class NotificationsApi(NotificationsResource, HealthResource):
    """The notifications service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> NotificationsWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return NotificationsWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)


class AsyncNotificationsWithHeaders(
    AsyncNotificationsResourceWithHeaders, AsyncHealthResourceWithHeaders
):
    """The same methods, with a Response: the value, the status and the headers."""


class AsyncNotificationsApi(AsyncNotificationsResource, AsyncHealthResource):
    """The notifications service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncNotificationsWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return AsyncNotificationsWithHeaders(
            self._http, self._url, auth=self._auth, retry=self._retry
        )

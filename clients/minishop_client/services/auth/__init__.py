# Generated from openapi/ by scripts/generate.py: do not edit.
"""The auth service."""

from __future__ import annotations

from .accounts import (
    AccountsResource,
    AccountsResourceWithHeaders,
    AsyncAccountsResource,
    AsyncAccountsResourceWithHeaders,
)
from .audit import (
    AsyncAuditResource,
    AsyncAuditResourceWithHeaders,
    AuditResource,
    AuditResourceWithHeaders,
)
from .health import (
    AsyncHealthResource,
    AsyncHealthResourceWithHeaders,
    HealthResource,
    HealthResourceWithHeaders,
)
from .passwords import (
    AsyncPasswordsResource,
    AsyncPasswordsResourceWithHeaders,
    PasswordsResource,
    PasswordsResourceWithHeaders,
)
from .sessions import (
    AsyncSessionsResource,
    AsyncSessionsResourceWithHeaders,
    SessionsResource,
    SessionsResourceWithHeaders,
)
from .tokens import (
    AsyncTokensResource,
    AsyncTokensResourceWithHeaders,
    TokensResource,
    TokensResourceWithHeaders,
)

__all__ = ("AuthApi", "AsyncAuthApi")


class AuthWithHeaders(
    AccountsResourceWithHeaders,
    TokensResourceWithHeaders,
    SessionsResourceWithHeaders,
    PasswordsResourceWithHeaders,
    AuditResourceWithHeaders,
    HealthResourceWithHeaders,
):
    """The same methods, with a Response: the value, the status and the headers."""


class AuthApi(
    AccountsResource,
    TokensResource,
    SessionsResource,
    PasswordsResource,
    AuditResource,
    HealthResource,
):
    """The auth service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> AuthWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return AuthWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)


class AsyncAuthWithHeaders(
    AsyncAccountsResourceWithHeaders,
    AsyncTokensResourceWithHeaders,
    AsyncSessionsResourceWithHeaders,
    AsyncPasswordsResourceWithHeaders,
    AsyncAuditResourceWithHeaders,
    AsyncHealthResourceWithHeaders,
):
    """The same methods, with a Response: the value, the status and the headers."""


class AsyncAuthApi(
    AsyncAccountsResource,
    AsyncTokensResource,
    AsyncSessionsResource,
    AsyncPasswordsResource,
    AsyncAuditResource,
    AsyncHealthResource,
):
    """The auth service. Each method returns the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncAuthWithHeaders:
        """The same methods, with a Response: the value, the status and the headers."""
        return AsyncAuthWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

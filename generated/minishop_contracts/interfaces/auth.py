# Generated from openapi/ by scripts/generate.py: do not edit.
"""The handlers of Minishop Auth."""

from __future__ import annotations

from typing import Literal, Protocol, TypeVar

from ..answers import auth as answers
from ..answers import common
from ..models import auth as models
from ..models import common as common_models
from ..reply import Reply

Domain = TypeVar("Domain", contravariant=True)
Caller = TypeVar("Caller", contravariant=True)


class Handlers(Protocol[Domain, Caller]):
    """One for each operation: the domain comes first, the rest by name."""

    async def register(
        self, domain: Domain, /, *, body: models.Registration
    ) -> answers.User | Reply[answers.User]:
        """Create an account."""
        ...

    async def login(
        self, domain: Domain, /, *, body: models.Login
    ) -> answers.Token | Reply[answers.Token]:
        """Exchange a password for tokens."""
        ...

    async def refresh(
        self, domain: Domain, /, *, body: models.Refresh
    ) -> answers.Token | Reply[answers.Token]:
        """Exchange a refresh token for new tokens."""
        ...

    async def logout(self, domain: Domain, /, *, caller: Caller) -> None | Reply[None]:
        """End this session."""
        ...

    async def list_sessions(
        self, domain: Domain, /, *, caller: Caller, limit: int, cursor: str = ...
    ) -> list[answers.Session] | Reply[list[answers.Session]]:
        """List your sessions."""
        ...

    async def revoke_sessions(self, domain: Domain, /, *, caller: Caller) -> None | Reply[None]:
        """End all your sessions."""
        ...

    async def revoke_session(
        self, domain: Domain, /, *, caller: Caller, session_id: str
    ) -> None | Reply[None]:
        """End one of your sessions."""
        ...

    async def list_revocations(
        self, domain: Domain, /, *, limit: int, cursor: str = ...
    ) -> list[answers.Revocation] | Reply[list[answers.Revocation]]:
        """List sessions that were ended."""
        ...

    async def introspect(
        self, domain: Domain, /, *, caller: Caller, body: models.IntrospectionRequest
    ) -> answers.Introspection | Reply[answers.Introspection]:
        """Check whether a token is valid now."""
        ...

    async def issue_token(
        self,
        domain: Domain,
        /,
        *,
        client_credentials: tuple[str, str] | None,
        body: models.TokenRequest,
    ) -> answers.Token | Reply[answers.Token]:
        """Issue a token to a service."""
        ...

    async def list_users(
        self, domain: Domain, /, *, caller: Caller, limit: int, cursor: str = ...
    ) -> list[answers.UserSummary] | Reply[list[answers.UserSummary]]:
        """List accounts."""
        ...

    async def get_user(
        self, domain: Domain, /, *, caller: Caller, user_id: int
    ) -> answers.User | Reply[answers.User]:
        """Read an account."""
        ...

    async def update_user(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        body: models.UserEdit,
        user_id: int,
        if_match: str,
    ) -> answers.User | Reply[answers.User]:
        """Edit the role of an account or disable it."""
        ...

    async def get_me(
        self, domain: Domain, /, *, caller: Caller
    ) -> answers.User | Reply[answers.User]:
        """Read your account."""
        ...

    async def update_me(
        self, domain: Domain, /, *, caller: Caller, body: models.AccountEdit, if_match: str
    ) -> answers.User | Reply[answers.User]:
        """Edit your account."""
        ...

    async def change_password(
        self, domain: Domain, /, *, caller: Caller, body: models.PasswordChange
    ) -> None | Reply[None]:
        """Change your password."""
        ...

    async def request_password_reset(
        self, domain: Domain, /, *, body: models.PasswordResetRequest
    ) -> None | Reply[None]:
        """Request a password reset."""
        ...

    async def confirm_password_reset(
        self, domain: Domain, /, *, body: models.PasswordReset
    ) -> None | Reply[None]:
        """Set a new password."""
        ...

    async def request_email_verification(
        self, domain: Domain, /, *, caller: Caller
    ) -> None | Reply[None]:
        """Request a verification mail."""
        ...

    async def confirm_email_verification(
        self, domain: Domain, /, *, body: models.EmailVerification
    ) -> None | Reply[None]:
        """Confirm an e-mail address."""
        ...

    async def list_audit_events(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        limit: int,
        cursor: str = ...,
        event: Literal[
            "signed_in",
            "denied",
            "locked_out",
            "registered",
            "role_changed",
            "disabled",
            "enabled",
            "password_changed",
            "password_reset_asked",
            "password_reset",
            "email_verified",
            "email_change_asked",
            "email_changed",
            "session_revoked",
            "sessions_revoked",
            "refresh_reused",
            "key_rotated",
            "secret_rotated",
        ] = ...,
        actor: str = ...,
        subject: str = ...,
        since: str = ...,
        until: str = ...,
    ) -> list[answers.AuditEvent] | Reply[list[answers.AuditEvent]]:
        """Read the audit log."""
        ...

    async def get_jwks(self, domain: Domain, /) -> answers.JwkSet | Reply[answers.JwkSet]:
        """Read the public keys."""
        ...

    async def compare_numbers(
        self, domain: Domain, /, *, caller: Caller, body: common_models.KnownNumbers
    ) -> None | Reply[None]:
        """Compare the numbers of users."""
        ...

    async def livez(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service runs."""
        ...

    async def readyz(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service can work."""
        ...

"""Access tokens (RFC 9068) for users and services."""

from __future__ import annotations

import secrets

from ...kit.clock import unix_time
from ...kit.ids import SessionId, UserId
from ...kit.problems import FieldError
from ...kit.settings import SERVICES
from ...kit.tokens import ISSUER, SERVICE_TOKEN_SECONDS
from .errors import BadTokenRequest, UnknownClient
from .rows import Role
from .service_accounts.domain import ServiceAccounts, granted
from .signing_keys.domain import SigningKeys

FIRST_PARTY = "minishop"
"""The `client_id` (RFC 9068, section 2.2) of users' tokens: they sign in at the shop itself."""


class AccessTokens:
    """Issues access tokens.

    Args:
        keys: the keys that sign tokens.
        clients: the accounts of services.
    """

    def __init__(self, keys: SigningKeys, clients: ServiceAccounts) -> None:
        self._keys = keys
        self._clients = clients

    async def for_user(self, user_id: UserId, username: str, role: Role, session_id: SessionId, seconds: int) -> str:
        """A token of a session that is valid for some seconds."""
        return await self._sign(
            f"user_{user_id}", username, role, seconds, aud=list(SERVICES), client_id=FIRST_PARTY, sid=session_id
        )

    async def for_service(
        self, grant: str, client: str | None, secret: str | None, resource: str | None = None
    ) -> tuple[str, int, str]:
        """A token for a service (RFC 6749, section 4.4), the seconds that it is valid for, and its scope.

        Args:
            resource: the service that the token is for (RFC 8707); without it, all services that the client calls.

        Raises:
            BadTokenRequest: another grant than client credentials, or the client calls nothing there.
            UnknownClient: no such client, or another secret.
        """
        if grant != "client_credentials":
            raise BadTokenRequest(
                "The only grant is client_credentials.",
                errors=[FieldError("body", "/grant_type", "unsupported", "is not supported")],
                error="unsupported_grant_type",
            )
        if not await self._clients.knows(client or "", secret or "") or client is None:
            raise UnknownClient(
                "Check both and try again.",
                challenge='Basic realm="minishop"',
                error="invalid_client",
            )
        operations = granted(client, resource)
        if not operations:
            raise BadTokenRequest(
                "The client calls no such service.",
                errors=[FieldError("body", "/resource", "unknown", "is not a service that the client calls")],
                error="invalid_target",
            )
        return await self._sign_for_service(client, resource, operations)

    async def for_notifications(self) -> str:
        """The token with which Auth calls Notifications."""
        token, _, _ = await self._sign_for_service("auth", "notifications", granted("auth", "notifications"))
        return token

    async def _sign_for_service(self, client: str, resource: str | None, operations: list[str]) -> tuple[str, int, str]:
        services = sorted({operation.partition(".")[0] for operation in operations})
        scope, audience = " ".join(operations), services if resource is None else resource
        token = await self._sign(
            f"service_{client}",
            client,
            "service",
            SERVICE_TOKEN_SECONDS,
            aud=audience,
            client_id=client,
            scope=scope,
        )
        return token, SERVICE_TOKEN_SECONDS, scope

    async def _sign(self, subject: str, username: str, role: str, seconds: int, **more: object) -> str:
        issued = int(unix_time())
        claims = {
            "sub": subject,
            "username": username,
            "role": role,
            "exp": issued + seconds,
            "iat": issued,
            "iss": ISSUER,
            "jti": secrets.token_hex(16),
            **more,
        }
        return await self._keys.sign(claims)

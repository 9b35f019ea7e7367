"""Who is calling, and may they? Answered from the operation's `security` and `x-roles`."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Container
from typing import Any, Protocol

from ..kit.problems import Forbidden, Unauthorized

_TOKEN = re.compile(rb"[A-Za-z0-9\-._~+/]+=*")  # RFC 6750, section 2.1: b64token


class Caller(Protocol):
    """The user or service that a token was issued to."""

    @property
    def subject(self) -> str:
        """`user_123`, or `service_orders`."""
        ...

    @property
    def role(self) -> str: ...

    @property
    def scope(self) -> Container[str] | None:
        """The operations that the token is valid for (`orders.checkout`), or None for all operations of the role."""
        ...


class Service(Protocol):
    """The interface that the middleware needs of its service."""

    @property
    def name(self) -> str:
        """Its name, which its operations have in the scopes of tokens."""
        ...

    domain: Any
    """First argument of every handler.

    It is set before the first request, and read again for each request.
    """

    def known_caller(self, token: bytes) -> Caller | None:
        """The caller of a token that was found to hold before, and still does."""
        ...

    async def authenticate(self, token: str) -> Caller:
        """The caller of the token.

        Raises Unauthorized for an invalid token.
        """
        ...


class Security:
    """The schemes one operation takes: a bearer token, client credentials (Basic), either, or none.

    `operation` is its name in the scope of a token: `payments.process_payment`.

    Raises TypeError for schemes of other kinds, for schemes that must come together, and for roles
    on an operation that identifies no caller.
    """

    def __init__(
        self,
        requirements: list[dict[str, Any]] | None,
        schemes: dict[str, dict[str, Any]],
        roles: list[str] | None,
        operation: str,
    ) -> None:
        kinds = {_kind(requirement, schemes) for requirement in requirements or ()}
        self.bearer = "bearer" in kinds
        self.basic = "basic" in kinds
        self._public = not (self.bearer or self.basic)
        self._token_required = self.bearer and not kinds & {"basic", "none"}
        self._roles = None if roles is None else frozenset(roles)
        self._operation = operation
        if self._roles is not None and not self.bearer:
            raise TypeError("x-roles needs a bearer scheme in `security`")

    def recall(self, authorization: bytes | None, service: Service) -> Caller | None:
        """The caller of a bearer token that was verified before; None where `admit` has to look.

        Raises Forbidden for a role that may not call, or a token that is for other operations.
        """
        if not self.bearer or authorization is None or authorization[:7].lower() != b"bearer ":
            return None
        caller = service.known_caller(authorization[7:])
        if caller is not None:
            self._hold_permission(caller)
        return caller

    async def admit(
        self, authorization: bytes | None, service: Service
    ) -> tuple[Caller | None, tuple[str, str] | None]:
        """The caller of a bearer token, and user and password of Basic; None for missing ones.

        A token is verified, its role and its scope checked; Basic credentials are for the handler to verify.
        Raises Unauthorized with the challenge that fits, or Forbidden.
        """
        if self._public:
            return None, None
        if authorization is None:
            if self._token_required:
                raise Unauthorized("Send a bearer token in the Authorization header.")
            return None, None
        scheme, _, credentials = authorization.partition(b" ")
        scheme, credentials = scheme.lower(), credentials.lstrip(b" ")  # as many spaces as one likes: RFC 9110, 11.4
        if self.bearer and scheme == b"bearer":
            return await self._bearer_caller(credentials, service), None
        if self.basic and scheme == b"basic":
            return None, _basic_credentials(credentials)
        if self.bearer:
            raise Unauthorized("Send a bearer token in the Authorization header.")
        raise _basic_refused()

    async def _bearer_caller(self, token: bytes, service: Service) -> Caller:
        if not _TOKEN.fullmatch(token):
            raise Unauthorized("The bearer token is malformed.", challenge='Bearer error="invalid_token"')
        caller = await service.authenticate(token.decode("ascii"))
        self._hold_permission(caller)
        return caller

    def _hold_permission(self, caller: Caller) -> None:
        if self._roles is not None and caller.role not in self._roles:
            raise Forbidden(f"This needs one of the roles: {', '.join(sorted(self._roles))}.")
        if caller.scope is not None and self._operation not in caller.scope:
            challenge = f'Bearer error="insufficient_scope", scope="{self._operation}"'  # RFC 6750, section 3.1
            raise Forbidden("The token is for other operations.", headers={"WWW-Authenticate": challenge})


def _kind(requirement: dict[str, Any], schemes: dict[str, dict[str, Any]]) -> str:
    """`bearer` or `basic`, or `none` for the empty requirement, which makes the others optional."""
    if not requirement:
        return "none"
    if len(requirement) > 1:
        raise TypeError("security schemes that must come together are not supported")
    scheme = schemes[next(iter(requirement))]
    kind = str(scheme.get("scheme", "")).lower()
    if scheme["type"] != "http" or kind not in ("bearer", "basic"):
        raise TypeError("only the security schemes http bearer and http basic are supported")
    return kind


def _basic_credentials(credentials: bytes) -> tuple[str, str]:
    """User and password by RFC 7617, in UTF-8."""
    try:
        text = base64.b64decode(credentials, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        raise _basic_refused() from None
    user, colon, password = text.partition(":")
    if not colon or any(character < " " or character == "\x7f" for character in text):
        raise _basic_refused()
    return user, password


def _basic_refused() -> Unauthorized:
    return Unauthorized("The client credentials are malformed.", challenge='Basic realm="minishop"')

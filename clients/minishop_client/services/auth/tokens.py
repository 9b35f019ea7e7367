# Generated from openapi/ by scripts/generate.py: do not edit.
"""Signing in."""

from __future__ import annotations

from minishop_client.calls import (
    Call,
    read_object,
)
from minishop_client.runtime import Api, AsyncApi, Response
from minishop_client.values import UNSET, Unset

from .models import (
    Introspection,
    IntrospectionRequest,
    JwkSet,
    Login,
    Token,
    TokenRequest,
)


def _login(*, username: str, password: str) -> Call[Token]:
    return Call(
        "POST",
        "/auth/login",
        read_object(Token.from_dict),
        json=Login(username=username, password=password).to_dict(),
        public=True,
    )


def _introspect(*, token: str) -> Call[Introspection]:
    return Call(
        "POST",
        "/auth/introspect",
        read_object(Introspection.from_dict),
        data=IntrospectionRequest(token=token).to_dict(),
    )


def _issue_token(
    *,
    grant_type: str,
    client_id: str | Unset = UNSET,
    client_secret: str | Unset = UNSET,
    resource: str | Unset = UNSET,
) -> Call[Token]:
    return Call(
        "POST",
        "/auth/token",
        read_object(Token.from_dict),
        data=TokenRequest(
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            resource=resource,
        ).to_dict(),
        public=True,
    )


def _get_jwks() -> Call[JwkSet]:
    return Call(
        "GET",
        "/auth/.well-known/jwks.json",
        read_object(JwkSet.from_dict),
        public=True,
    )


class TokensResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def login(self, *, username: str, password: str) -> Response[Token]:
        """Exchange a password for tokens."""
        return self._send(_login(username=username, password=password))

    def introspect(self, *, token: str) -> Response[Introspection]:
        """Check whether a token is valid now."""
        return self._send(_introspect(token=token))

    def issue_token(
        self,
        *,
        grant_type: str,
        client_id: str | Unset = UNSET,
        client_secret: str | Unset = UNSET,
        resource: str | Unset = UNSET,
    ) -> Response[Token]:
        """Issue a token to a service."""
        return self._send(
            _issue_token(
                grant_type=grant_type,
                client_id=client_id,
                client_secret=client_secret,
                resource=resource,
            )
        )

    def get_jwks(self) -> Response[JwkSet]:
        """Read the public keys."""
        return self._send(_get_jwks())


class TokensResource(Api):
    """Signing in. Each method returns the value or raises an ApiError."""

    def login(self, *, username: str, password: str) -> Token:
        """Exchange a password for tokens.

        The operation is public. An unknown name, a wrong password and a disabled account get
        the same response. Send the access token as `Authorization: Bearer …` with every other
        call. A login starts a session: before the access token expires, the refresh token gets
        the next pair at `POST /auth/refresh`. The response is 429 for a while, for the right
        password too, after 10 failures for a name from one address, or after 100 failures from
        addresses where its owner never signed in.

        Args:
            username: The name of a user.
            password: The password of the account.
        """
        answer = self._send(_login(username=username, password=password))
        return answer.parsed

    def introspect(self, *, token: str) -> Introspection:
        """Check whether a token is valid now.

        Services only (RFC 7662). The response comes from the database, so the token of a
        session that ended a moment ago is inactive. The response for an inactive token contains
        only `active`.

        Args:
            token: The access token to check.
        """
        answer = self._send(_introspect(token=token))
        return answer.parsed

    def issue_token(
        self,
        *,
        grant_type: str,
        client_id: str | Unset = UNSET,
        client_secret: str | Unset = UNSET,
        resource: str | Unset = UNSET,
    ) -> Token:
        """Issue a token to a service.

        The client credentials grant of OAuth 2 (RFC 6749, section 4.4). The client identifies
        itself by HTTP Basic, or by `client_id` and `client_secret` in the form, but not by
        both. The token is valid for the operations that the document of the client declares in
        `x-calls`, at the service in `resource` (RFC 8707), or at all services that the client
        calls if it is missing; `scope` lists the operations. A refusal also contains the
        `error` of RFC 6749, section 5.2.

        Args:
            grant_type: Always `client_credentials`.
            client_id: The name of the service.
            client_secret: The secret of the service.
            resource: The name of the service that the token is for. It is a name because
                the address depends on the caller.
        """
        answer = self._send(
            _issue_token(
                grant_type=grant_type,
                client_id=client_id,
                client_secret=client_secret,
                resource=resource,
            )
        )
        return answer.parsed

    def get_jwks(self) -> JwkSet:
        """Read the public keys.

        The operation is public. Tokens are verified with these keys (RFC 7517). Read them again
        if a token names an unknown `kid`.
        """
        answer = self._send(_get_jwks())
        return answer.parsed


class AsyncTokensResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def login(self, *, username: str, password: str) -> Response[Token]:
        """Exchange a password for tokens."""
        return await self._send(_login(username=username, password=password))

    async def introspect(self, *, token: str) -> Response[Introspection]:
        """Check whether a token is valid now."""
        return await self._send(_introspect(token=token))

    async def issue_token(
        self,
        *,
        grant_type: str,
        client_id: str | Unset = UNSET,
        client_secret: str | Unset = UNSET,
        resource: str | Unset = UNSET,
    ) -> Response[Token]:
        """Issue a token to a service."""
        return await self._send(
            _issue_token(
                grant_type=grant_type,
                client_id=client_id,
                client_secret=client_secret,
                resource=resource,
            )
        )

    async def get_jwks(self) -> Response[JwkSet]:
        """Read the public keys."""
        return await self._send(_get_jwks())


class AsyncTokensResource(AsyncApi):
    """Signing in. Each method returns the value or raises an ApiError."""

    async def login(self, *, username: str, password: str) -> Token:
        """Exchange a password for tokens.

        The operation is public. An unknown name, a wrong password and a disabled account get
        the same response. Send the access token as `Authorization: Bearer …` with every other
        call. A login starts a session: before the access token expires, the refresh token gets
        the next pair at `POST /auth/refresh`. The response is 429 for a while, for the right
        password too, after 10 failures for a name from one address, or after 100 failures from
        addresses where its owner never signed in.

        Args:
            username: The name of a user.
            password: The password of the account.
        """
        answer = await self._send(_login(username=username, password=password))
        return answer.parsed

    async def introspect(self, *, token: str) -> Introspection:
        """Check whether a token is valid now.

        Services only (RFC 7662). The response comes from the database, so the token of a
        session that ended a moment ago is inactive. The response for an inactive token contains
        only `active`.

        Args:
            token: The access token to check.
        """
        answer = await self._send(_introspect(token=token))
        return answer.parsed

    async def issue_token(
        self,
        *,
        grant_type: str,
        client_id: str | Unset = UNSET,
        client_secret: str | Unset = UNSET,
        resource: str | Unset = UNSET,
    ) -> Token:
        """Issue a token to a service.

        The client credentials grant of OAuth 2 (RFC 6749, section 4.4). The client identifies
        itself by HTTP Basic, or by `client_id` and `client_secret` in the form, but not by
        both. The token is valid for the operations that the document of the client declares in
        `x-calls`, at the service in `resource` (RFC 8707), or at all services that the client
        calls if it is missing; `scope` lists the operations. A refusal also contains the
        `error` of RFC 6749, section 5.2.

        Args:
            grant_type: Always `client_credentials`.
            client_id: The name of the service.
            client_secret: The secret of the service.
            resource: The name of the service that the token is for. It is a name because
                the address depends on the caller.
        """
        answer = await self._send(
            _issue_token(
                grant_type=grant_type,
                client_id=client_id,
                client_secret=client_secret,
                resource=resource,
            )
        )
        return answer.parsed

    async def get_jwks(self) -> JwkSet:
        """Read the public keys.

        The operation is public. Tokens are verified with these keys (RFC 7517). Read them again
        if a token names an unknown `kid`.
        """
        answer = await self._send(_get_jwks())
        return answer.parsed

# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the auth service as methods."""

from collections.abc import AsyncIterator, Iterator

from ...runtime import UNSET, Api, AsyncApi, Response, Unset, async_items, items
from .api.accounts import get_me as _get_me
from .api.accounts import list_users as _list_users
from .api.accounts import register as _register
from .api.accounts import update_me as _update_me
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .api.tokens import get_jwks as _get_jwks
from .api.tokens import issue_token as _issue_token
from .api.tokens import login as _login
from .models import (
    AccountEdit,
    Health,
    JwkSet,
    Login,
    Registration,
    Token,
    TokenRequest,
    User,
    UserSummary,
)


class AuthWithHeaders(Api):
    """The same methods, answering a Response: the value with the status and the headers."""

    def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> Response[User]:
        """Create an account."""
        sent = Registration(username=username, email=email, password=password, address=address)
        request = _register.request(body=sent)
        return self._send(request, _register.parse)

    def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[UserSummary]]:
        """List accounts."""
        request = _list_users.request(limit=limit, cursor=cursor)
        return self._send(request, _list_users.parse)

    def get_me(self) -> Response[User]:
        """Read your account."""
        request = _get_me.request()
        return self._send(request, _get_me.parse)

    def update_me(
        self, *, email: str | Unset = UNSET, address: str | Unset = UNSET, if_match: str
    ) -> Response[User]:
        """Edit your account."""
        sent = AccountEdit(email=email, address=address)
        request = _update_me.request(body=sent, if_match=if_match)
        return self._send(request, _update_me.parse)

    def login(self, *, username: str, password: str) -> Response[Token]:
        """Trade a password for a token."""
        sent = Login(username=username, password=password)
        request = _login.request(body=sent)
        return self._send(request, _login.parse)

    def issue_token(
        self, *, grant_type: str, client_id: str | Unset = UNSET, client_secret: str | Unset = UNSET
    ) -> Response[Token]:
        """Give a service its token."""
        sent = TokenRequest(grant_type=grant_type, client_id=client_id, client_secret=client_secret)
        request = _issue_token.request(body=sent)
        return self._send(request, _issue_token.parse)

    def get_jwks(self) -> Response[JwkSet]:
        """Read the public keys."""
        request = _get_jwks.request()
        return self._send(request, _get_jwks.parse)

    def livez(self) -> Response[Health]:
        """Ask whether Auth runs."""
        request = _livez.request()
        return self._send(request, _livez.parse)

    def readyz(self) -> Response[Health]:
        """Ask whether Auth can work."""
        request = _readyz.request()
        return self._send(request, _readyz.parse)


class AuthApi(Api):
    """The auth service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AuthWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AuthWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> User:
        """Create an account.

        Anybody may. The account is a customer's. The address is where orders go unless a
        checkout names another.

        Args:
            username: What a user signs in with.
            email: An e-mail address, of ASCII letters.
            password: At least twelve characters, any characters.
            address: A postal address on one line.
        """
        answer = self.with_headers.register(
            username=username, email=email, password=password, address=address
        )
        return answer.parsed

    def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[UserSummary]:
        """List accounts.

        Services and admins. By number, without addresses.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before.
        """
        answer = self.with_headers.list_users(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_users(self, *, limit: int | Unset = 20) -> Iterator[UserSummary]:
        """Every item of `list_users`; a page is fetched when its first item is wanted."""
        return items(lambda cursor: self.with_headers.list_users(cursor=cursor, limit=limit))

    def get_me(self) -> User:
        """Read your account.

        The account that the token belongs to.
        """
        answer = self.with_headers.get_me()
        return answer.parsed

    def update_me(
        self, *, email: str | Unset = UNSET, address: str | Unset = UNSET, if_match: str
    ) -> User:
        """Edit your account.

        Changes what the request names and leaves the rest.

        Args:
            email: An e-mail address, of ASCII letters.
            address: A postal address on one line.
            if_match: The `ETag` of the version that is being edited; without it the answer
                is 428, with a stale one 412.
        """
        answer = self.with_headers.update_me(email=email, address=address, if_match=if_match)
        return answer.parsed

    def login(self, *, username: str, password: str) -> Token:
        """Trade a password for a token.

        Anybody may. An unknown name and a wrong password are answered alike. Send the token as
        `Authorization: Bearer …` with every other call.

        Args:
            username: What a user signs in with.
            password: The password of the account.
        """
        answer = self.with_headers.login(username=username, password=password)
        return answer.parsed

    def issue_token(
        self, *, grant_type: str, client_id: str | Unset = UNSET, client_secret: str | Unset = UNSET
    ) -> Token:
        """Give a service its token.

        The client credentials grant of OAuth 2 (RFC 6749, section 4.4). The client names itself
        by HTTP Basic or by `client_id` and `client_secret` in the form, not by both. A refusal
        also carries `error` as RFC 6749, section 5.2, wants it.

        Args:
            grant_type: Always `client_credentials`.
            client_id: The name of the service.
            client_secret: The secret of the service.
        """
        answer = self.with_headers.issue_token(
            grant_type=grant_type, client_id=client_id, client_secret=client_secret
        )
        return answer.parsed

    def get_jwks(self) -> JwkSet:
        """Read the public keys.

        Anybody may. Tokens are verified with these (RFC 7517); look again when a token names an
        unknown `kid`.
        """
        answer = self.with_headers.get_jwks()
        return answer.parsed

    def livez(self) -> Health:
        """Ask whether Auth runs.

        Anybody may. Touches nothing else.
        """
        answer = self.with_headers.livez()
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether Auth can work.

        Anybody may. Asks the database.
        """
        answer = self.with_headers.readyz()
        return answer.parsed


class AsyncAuthWithHeaders(AsyncApi):
    """The same methods, answering a Response: the value with the status and the headers."""

    async def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> Response[User]:
        """Create an account."""
        sent = Registration(username=username, email=email, password=password, address=address)
        request = _register.request(body=sent)
        return await self._send(request, _register.parse)

    async def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[UserSummary]]:
        """List accounts."""
        request = _list_users.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_users.parse)

    async def get_me(self) -> Response[User]:
        """Read your account."""
        request = _get_me.request()
        return await self._send(request, _get_me.parse)

    async def update_me(
        self, *, email: str | Unset = UNSET, address: str | Unset = UNSET, if_match: str
    ) -> Response[User]:
        """Edit your account."""
        sent = AccountEdit(email=email, address=address)
        request = _update_me.request(body=sent, if_match=if_match)
        return await self._send(request, _update_me.parse)

    async def login(self, *, username: str, password: str) -> Response[Token]:
        """Trade a password for a token."""
        sent = Login(username=username, password=password)
        request = _login.request(body=sent)
        return await self._send(request, _login.parse)

    async def issue_token(
        self, *, grant_type: str, client_id: str | Unset = UNSET, client_secret: str | Unset = UNSET
    ) -> Response[Token]:
        """Give a service its token."""
        sent = TokenRequest(grant_type=grant_type, client_id=client_id, client_secret=client_secret)
        request = _issue_token.request(body=sent)
        return await self._send(request, _issue_token.parse)

    async def get_jwks(self) -> Response[JwkSet]:
        """Read the public keys."""
        request = _get_jwks.request()
        return await self._send(request, _get_jwks.parse)

    async def livez(self) -> Response[Health]:
        """Ask whether Auth runs."""
        request = _livez.request()
        return await self._send(request, _livez.parse)

    async def readyz(self) -> Response[Health]:
        """Ask whether Auth can work."""
        request = _readyz.request()
        return await self._send(request, _readyz.parse)


class AsyncAuthApi(AsyncApi):
    """The auth service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncAuthWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AsyncAuthWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    async def register(
        self, *, username: str, email: str, password: str, address: str | Unset = UNSET
    ) -> User:
        """Create an account.

        Anybody may. The account is a customer's. The address is where orders go unless a
        checkout names another.

        Args:
            username: What a user signs in with.
            email: An e-mail address, of ASCII letters.
            password: At least twelve characters, any characters.
            address: A postal address on one line.
        """
        answer = await self.with_headers.register(
            username=username, email=email, password=password, address=address
        )
        return answer.parsed

    async def list_users(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[UserSummary]:
        """List accounts.

        Services and admins. By number, without addresses.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before.
        """
        answer = await self.with_headers.list_users(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_users(self, *, limit: int | Unset = 20) -> AsyncIterator[UserSummary]:
        """Every item of `list_users`; a page is fetched when its first item is wanted."""
        return async_items(lambda cursor: self.with_headers.list_users(cursor=cursor, limit=limit))

    async def get_me(self) -> User:
        """Read your account.

        The account that the token belongs to.
        """
        answer = await self.with_headers.get_me()
        return answer.parsed

    async def update_me(
        self, *, email: str | Unset = UNSET, address: str | Unset = UNSET, if_match: str
    ) -> User:
        """Edit your account.

        Changes what the request names and leaves the rest.

        Args:
            email: An e-mail address, of ASCII letters.
            address: A postal address on one line.
            if_match: The `ETag` of the version that is being edited; without it the answer
                is 428, with a stale one 412.
        """
        answer = await self.with_headers.update_me(email=email, address=address, if_match=if_match)
        return answer.parsed

    async def login(self, *, username: str, password: str) -> Token:
        """Trade a password for a token.

        Anybody may. An unknown name and a wrong password are answered alike. Send the token as
        `Authorization: Bearer …` with every other call.

        Args:
            username: What a user signs in with.
            password: The password of the account.
        """
        answer = await self.with_headers.login(username=username, password=password)
        return answer.parsed

    async def issue_token(
        self, *, grant_type: str, client_id: str | Unset = UNSET, client_secret: str | Unset = UNSET
    ) -> Token:
        """Give a service its token.

        The client credentials grant of OAuth 2 (RFC 6749, section 4.4). The client names itself
        by HTTP Basic or by `client_id` and `client_secret` in the form, not by both. A refusal
        also carries `error` as RFC 6749, section 5.2, wants it.

        Args:
            grant_type: Always `client_credentials`.
            client_id: The name of the service.
            client_secret: The secret of the service.
        """
        answer = await self.with_headers.issue_token(
            grant_type=grant_type, client_id=client_id, client_secret=client_secret
        )
        return answer.parsed

    async def get_jwks(self) -> JwkSet:
        """Read the public keys.

        Anybody may. Tokens are verified with these (RFC 7517); look again when a token names an
        unknown `kid`.
        """
        answer = await self.with_headers.get_jwks()
        return answer.parsed

    async def livez(self) -> Health:
        """Ask whether Auth runs.

        Anybody may. Touches nothing else.
        """
        answer = await self.with_headers.livez()
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether Auth can work.

        Anybody may. Asks the database.
        """
        answer = await self.with_headers.readyz()
        return answer.parsed

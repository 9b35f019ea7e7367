"""Bearer tokens: one that is given, or one that is fetched and renewed as calls need it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass, field

import httpx

from .errors import UnexpectedAnswer, raise_for_problem


class BearerAuth(httpx.Auth):
    """Sends a token you already have; it is not renewed."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header."""
        request.headers["Authorization"] = self._header
        yield request


@dataclass(frozen=True, slots=True)
class _Token:
    header: str = field(repr=False)
    good_until: float


class TokenAuth(httpx.Auth):
    """Logs in before the first call, again shortly before the token expires, and after a 401.

    Calls that run at the same time, in threads or in tasks, wait for one login. Use an instance in
    blocking or in awaited calls, not in both. A refused login raises the ApiError of that login.

    An `httpx.Auth` rather than an event hook: a hook also sees the 401 that this recovers from.
    """

    def __init__(self, login: Callable[[], httpx.Request], clock: Callable[[], float] = time.monotonic) -> None:
        self._login = login
        self._clock = clock
        self._token: _Token | None = None
        self._lock = threading.Lock()
        self._async_lock = asyncio.Lock()

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request with a good token, a second time if the first token turns out spent."""
        refused: _Token | None = None
        for _ in range(2):
            token = self._token
            if token is None or token is refused or self._clock() >= token.good_until:
                with self._lock:
                    if self._token is token:  # else another call has just renewed it
                        answer = yield self._login_like(request)
                        answer.read()
                        self._token = self._read(answer)
                    token = self._token
            assert token is not None
            request.headers["Authorization"] = token.header
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            refused = token

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """The same for awaited calls: their lock and their reading are others."""
        refused: _Token | None = None
        for _ in range(2):
            token = self._token
            if token is None or token is refused or self._clock() >= token.good_until:
                async with self._async_lock:
                    if self._token is token:
                        answer = yield self._login_like(request)
                        await answer.aread()
                        self._token = self._read(answer)
                    token = self._token
            assert token is not None
            request.headers["Authorization"] = token.header
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            refused = token

    def _login_like(self, request: httpx.Request) -> httpx.Request:
        """The login, with the timeouts of the call that needs it; a bare one has none."""
        login = self._login()
        login.extensions["timeout"] = request.extensions.get("timeout", {})
        return login

    def _read(self, answer: httpx.Response) -> _Token:
        raise_for_problem(answer)
        try:
            body = answer.json()
            lifetime = float(body["expires_in"])
            header = f"Bearer {body['access_token']}"
        except (KeyError, TypeError, ValueError):
            raise UnexpectedAnswer(answer) from None
        # Early enough for a call on its way, late enough for a token that lives a few seconds.
        return _Token(header, self._clock() + lifetime - min(30.0, lifetime / 10))


def password_login(auth_url: str, username: str, password: str) -> TokenAuth:
    """A shopper's or an admin's login, by `POST /auth/login`."""
    body = {"username": username, "password": password}
    return TokenAuth(lambda: httpx.Request("POST", f"{auth_url}/auth/login", json=body))


def service_login(auth_url: str, client_id: str, secret: str) -> TokenAuth:
    """A service's login: the client credentials grant (RFC 6749, section 4.4), by HTTP Basic."""
    basic = httpx.BasicAuth(client_id, secret)

    def login() -> httpx.Request:
        form = {"grant_type": "client_credentials"}
        request = httpx.Request("POST", f"{auth_url}/auth/token", data=form)
        return next(basic.auth_flow(request))

    return TokenAuth(login)

"""Bearer tokens: one that is given, or one that is fetched and renewed as calls need it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass, field

import httpx

from . import forks
from .errors import Unauthorized, UnexpectedAnswer
from .refusals import raise_for_problem


class EndedAuth(httpx.Auth):
    """Sends nothing any more, because a logged-out user has no token."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Raises Unauthorized."""
        raise _no_login("logged_out", "This login was ended by logout().")


class BearerAuth(httpx.Auth):
    """Sends a given token, which it does not renew."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def known_header(self) -> str:
        """The `Authorization` header."""
        return self._header

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header."""
        request.headers["Authorization"] = self._header
        yield request


@dataclass(frozen=True, slots=True)
class _Token:
    header: str = field(repr=False)
    good_until: float


class TokenAuth(httpx.Auth):
    """Gets a token before the first call, again shortly before it expires, and after a 401.

    The next token comes by the refresh token, if there is one, else by a login. A refresh token works once, and a
    second use ends the session. So after a refresh whose answer was lost, the next token comes by a login; where no
    login is known, the same refresh token is tried once more, as nothing is left to lose.

    Calls that run at the same time, in threads, tasks or event loops, wait for one renewal. A refused login raises
    the ApiError of that login. A forked process logs in for itself when the token expires, if it can: of two that use
    one refresh token, the second would end the session of both.

    An `httpx.Auth` rather than an event hook: a hook also sees the 401 that this recovers from.

    Args:
        login: makes the request that logs in; None where only the refresh token is known.
        clock: seconds.
        refresh: makes the request that trades a refresh token for the next tokens.
        refresh_token: one to begin with.

    Attributes:
        refresh_token: the present one.
    """

    def __init__(
        self,
        login: Callable[[], httpx.Request] | None,
        clock: Callable[[], float] = time.monotonic,
        *,
        refresh: Callable[[str], httpx.Request] | None = None,
        refresh_token: str | None = None,
    ) -> None:
        self.refresh_token = refresh_token
        self._login = login
        self._refresh = refresh
        self._clock = clock
        self._token: _Token | None = None
        self._unanswered = False  # whether the refresh token was sent, and no answer came
        self._lock = threading.Lock()
        forks.register(self)

    def after_fork(self) -> None:
        """Take a new lock in a child process, because the parent's may stay locked.

        The refresh token stays with the parent if the child can log in itself.
        """
        self._lock = threading.Lock()
        if self._login is not None:
            self.refresh_token = None
        self._unanswered = False

    def known_header(self) -> str | None:
        """The `Authorization` header, if no token has to be fetched for it."""
        token = self._token
        return None if token is None or self._clock() >= token.good_until else token.header

    def no_more_logins(self) -> bool:
        """Forget the password, and return whether a session continues without it."""
        self._login = None
        return self._token is not None or self.refresh_token is not None

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request with a good token, a second time if the first token turns out spent."""
        refused: _Token | None = None
        for _ in range(2):
            token = self._token
            if token is None or token is refused or self._clock() >= token.good_until:
                with self._lock:
                    while self._token is token:  # else another call has just renewed it
                        answer = yield self._renewal(request)
                        answer.read()
                        self._take(answer)
                    token = self._token
            assert token is not None
            request.headers["Authorization"] = token.header
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            refused = token

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """The same for awaited calls: they must not block their loop, nor does an asyncio.Lock work in two loops."""
        refused: _Token | None = None
        for _ in range(2):
            token = self._token
            if token is None or token is refused or self._clock() >= token.good_until:
                while not self._lock.acquire(blocking=False):  # noqa: ASYNC110  (an Event knows one loop)
                    await asyncio.sleep(0.01)
                try:
                    while self._token is token:
                        answer = yield self._renewal(request)
                        await answer.aread()
                        self._take(answer)
                    token = self._token
                finally:
                    self._lock.release()
            assert token is not None
            request.headers["Authorization"] = token.header
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            refused = token

    def _renewal(self, request: httpx.Request) -> httpx.Request:
        """The request that fetches the next token, with the timeouts of the call that needs it.

        A request of its own would have none.
        """
        if self._unanswered and self._login is not None:
            self._unanswered, self.refresh_token = False, None
        if self._refresh is not None and self.refresh_token is not None:
            renewal, self._unanswered = self._refresh(self.refresh_token), True
        elif self._login is not None:
            renewal = self._login()
        else:
            raise _no_login("no_login", "The session is over, and no password is known to begin another.")
        renewal.extensions["timeout"] = request.extensions.get("timeout", {})
        return renewal

    def _take(self, answer: httpx.Response) -> None:
        """Keep the tokens of a response.

        After a refused refresh there is none, and a login may follow.
        """
        if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
            refreshing, self._unanswered = self._unanswered, False
            if refreshing and answer.status_code == httpx.codes.UNAUTHORIZED:
                self.refresh_token = None
                if self._login is not None:
                    return
        raise_for_problem(answer)
        try:
            body = answer.json()
            lifetime = float(body["expires_in"])
            header = f"Bearer {body['access_token']}"
            self.refresh_token = body.get("refresh_token")
        except (KeyError, TypeError, ValueError):
            raise UnexpectedAnswer(answer) from None
        # Early enough for a call on its way, late enough for a token that lives a few seconds.
        self._token = _Token(header, self._clock() + lifetime - min(30.0, lifetime / 10))


def _no_login(code: str, detail: str) -> Unauthorized:
    """The error of a call that is not sent for lack of a login."""
    problem = {"code": code, "title": "A login is needed", "detail": detail}
    return Unauthorized(httpx.Response(httpx.codes.UNAUTHORIZED, json=problem))


def password_login(auth_url: str, username: str, password: str) -> TokenAuth:
    """A shopper's or an admin's login, by `POST /auth/login`, and by `POST /auth/refresh` from then on."""
    body = {"username": username, "password": password}
    return TokenAuth(
        lambda: httpx.Request("POST", f"{auth_url}/auth/login", json=body),
        refresh=lambda token: _refresh_request(auth_url, token),
    )


def resumed_login(auth_url: str, refresh_token: str) -> TokenAuth:
    """A login from earlier, which goes on by `POST /auth/refresh`."""
    return TokenAuth(None, refresh=lambda token: _refresh_request(auth_url, token), refresh_token=refresh_token)


def _refresh_request(auth_url: str, refresh_token: str) -> httpx.Request:
    return httpx.Request("POST", f"{auth_url}/auth/refresh", json={"refresh_token": refresh_token})


def service_login(auth_url: str, client_id: str, secret: str, resource: str | None = None) -> TokenAuth:
    """A service's login: the client credentials grant (RFC 6749, section 4.4), by HTTP Basic.

    The token is for the one service named by `resource` (RFC 8707); without it, for all services that it calls.
    """
    basic = httpx.BasicAuth(client_id, secret)

    def login() -> httpx.Request:
        form = {"grant_type": "client_credentials"} | ({} if resource is None else {"resource": resource})
        request = httpx.Request("POST", f"{auth_url}/auth/token", data=form)
        return next(basic.auth_flow(request))

    return TokenAuth(login)

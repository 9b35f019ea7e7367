"""One object over the seven services, blocking and awaited."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import NoReturn, Self

import httpx

from .auth import BearerAuth, EndedAuth, TokenAuth, password_login, resumed_login, service_login
from .connections import AsyncConnections, Connections
from .errors import Unauthorized
from .retry import RETRY, Retry
from .services.shop import SERVICES, AsyncServices, AuthFor, Services


def _addresses(url: str | Mapping[str, str]) -> dict[str, str]:
    """The address of each service, without the slash at its end."""
    if not isinstance(url, str) and (missing := sorted(set(SERVICES) - set(url))):
        raise ValueError(f"No address for {', '.join(missing)}.")
    return {name: (url if isinstance(url, str) else url[name]).rstrip("/") for name in SERVICES}


class _Logins:
    """The ways to call the shop as a user, all with the same connections."""

    _urls: dict[str, str]
    _login: httpx.Auth | None

    def login(self, username: str, password: str) -> Self:
        """The shop for a user, whose token is fetched by the first call and renewed."""
        login = password_login(self._urls["auth"], username, password)
        return self._as(lambda service: login)

    def with_refresh_token(self, refresh_token: str) -> Self:
        """The shop for the user of an earlier login, by its `refresh_token` instead of the password."""
        login = resumed_login(self._urls["auth"], refresh_token)
        return self._as(lambda service: login)

    @property
    def refresh_token(self) -> str | None:
        """The token with which a later process continues this login, or None before the first call.

        It changes with each renewal.
        """
        return self._login.refresh_token if isinstance(self._login, TokenAuth) else None

    def as_service(self, client_id: str, secret: str) -> Self:
        """The shop as this service sees it; each service that it calls has a token of its own, fetched by the first
        call, and renewed.
        """
        logins = {name: service_login(self._urls["auth"], client_id, secret, name) for name in SERVICES}
        return self._as(logins.__getitem__)

    def with_token(self, token: str) -> Self:
        """The shop for the holder of a token, which is not renewed."""
        bearer = BearerAuth(token)
        return self._as(lambda service: bearer)

    def _as(self, auth: AuthFor) -> Self:
        shop = self.__copy__()
        shop._call_as(auth)
        return shop

    def _call_as(self, auth: AuthFor) -> None:
        raise NotImplementedError

    def __copy__(self) -> Self:
        shop = object.__new__(type(self))
        shop.__dict__.update(self.__dict__)
        return shop

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} has connections and secrets, and is not pickled: make one in each process; "
            "`with_refresh_token` goes on with a login."
        )


class Minishop(_Logins, Services):
    """The shop: `Minishop("http://127.0.0.1:8000").login("ada", "…").catalog.list_products()`.

    Nothing is sent before the first call. Several threads may use it at once, and forked processes, each of which
    has connections of its own. Close it, or use it in a `with` statement, to give the connections back.

    Args:
        url: the address of the shop, or of each of SERVICES, by name.
        timeout: seconds to wait for a connection, and for each part of an answer.
        retry: the retry policy; see Retry.
        transport: carries the requests instead of the network.

    Raises:
        ValueError: a service has no address.
    """

    def __init__(
        self,
        url: str | Mapping[str, str],
        *,
        timeout: float = 10.0,
        retry: Retry = RETRY,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._urls = _addresses(url)
        self._retry = retry
        self._http = Connections(timeout, transport)
        self._call_as(lambda service: None)

    def logout(self) -> None:
        """End this login at the shop, and forget its tokens and the password: later calls raise Unauthorized.

        Raises:
            ApiError, httpx.TransportError: the session may go on; call again.
        """
        if not isinstance(self._login, TokenAuth) or self._login.no_more_logins():
            with suppress(Unauthorized):  # it has ended already
                self.auth.logout()
        ended = EndedAuth()
        self._call_as(lambda service: ended)

    def _call_as(self, auth: AuthFor) -> None:
        self._login = auth("auth")
        self._connect(self._http, self._urls, auth, self._retry)

    def close(self) -> None:
        """Close the connections, which all users of this shop share."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncMinishop(_Logins, AsyncServices):
    """Minishop for asyncio: the same names, awaited; `iter_…` methods are for `async for`.

    It has connections of its own in each event loop that uses it. Args and Raises are those of Minishop; `transport`
    may be an `httpx.ASGITransport`, for an application in the same process.
    """

    def __init__(
        self,
        url: str | Mapping[str, str],
        *,
        timeout: float = 10.0,
        retry: Retry = RETRY,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._urls = _addresses(url)
        self._retry = retry
        self._http = AsyncConnections(timeout, transport)
        self._call_as(lambda service: None)

    async def logout(self) -> None:
        """End this login at the shop, and forget its tokens and the password: later calls raise Unauthorized.

        Raises:
            ApiError, httpx.TransportError: the session may go on; call again.
        """
        if not isinstance(self._login, TokenAuth) or self._login.no_more_logins():
            with suppress(Unauthorized):  # it has ended already
                await self.auth.logout()
        ended = EndedAuth()
        self._call_as(lambda service: ended)

    def _call_as(self, auth: AuthFor) -> None:
        self._login = auth("auth")
        self._connect(self._http, self._urls, auth, self._retry)

    async def aclose(self) -> None:
        """Close the connections of the running event loop, which all users of this shop share."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

"""HTTP clients, one for each process and, in asyncio, for each event loop.

Connections that two processes share mix up their answers, and those of a loop that has ended are of no use in another.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx

from . import forks
from .auth import BearerAuth, TokenAuth
from .in_process import Direct, InProcessAnswer


class ShopClosed(RuntimeError):
    """The shop was closed, and takes no more calls."""

    def __init__(self) -> None:
        super().__init__("This shop was closed: make another one.")


def _refuse_after_fork(transport: object) -> None:
    """Refuse a network transport of the caller in a child process, because it cannot be created again.

    A transport within the process needs no connection.
    """
    if isinstance(transport, httpx.HTTPTransport | httpx.AsyncHTTPTransport):
        raise RuntimeError("The given transport belongs to the parent process: make a Minishop in each process.")


class Connections:
    """The connections of a blocking shop; shared by all its users.

    Args:
        timeout: seconds to wait for a connection, and for each part of an answer.
        transport: carries the requests instead of the network.
    """

    def __init__(self, timeout: float, transport: httpx.BaseTransport | None) -> None:
        self._timeout = timeout
        self._transport = transport
        self._client = httpx.Client(timeout=timeout, transport=transport)
        self._inherited = False
        forks.register(self)

    def request(self, **call: Any) -> httpx.Response:
        """The answer to a call with the arguments of `httpx.Client.request`."""
        if self._inherited:
            _refuse_after_fork(self._transport)
        if self._client.is_closed:
            raise ShopClosed
        return self._client.request(**call)

    def close(self) -> None:
        """Close the connections of this process."""
        self._client.close()

    def after_fork(self) -> None:
        """Begin anew, and leave the parent's alone."""
        closed, self._inherited = self._client.is_closed, True
        forks.leave_to_parent(self._client)
        self._client = httpx.Client(timeout=self._timeout, transport=self._transport)
        if closed:
            self._client.close()


class Given:
    """An HTTP client of the caller's own: a child process, which cannot make it anew, is refused it."""

    def __init__(self, client: httpx.Client | httpx.AsyncClient) -> None:
        self._client = client
        self._inherited = False
        forks.register(self)

    def request(self, **call: Any) -> Any:
        """The client's response, to be awaited or not."""
        if self._inherited:
            raise RuntimeError("The given HTTP client belongs to the parent process: make one in each process.")
        return self._client.request(**call)

    def after_fork(self) -> None:
        """Its connections are the parent's."""
        self._inherited = True


class AsyncConnections:
    """The connections of an awaited shop, in each event loop that uses it; see Connections.

    A loop's connections are closed when the loop ends by `asyncio.run` or `shutdown_asyncgens`.
    """

    def __init__(self, timeout: float, transport: httpx.AsyncBaseTransport | None) -> None:
        self._make: Callable[[], httpx.AsyncClient] = lambda: httpx.AsyncClient(timeout=timeout, transport=transport)
        self._timeout = timeout
        self._transport = transport
        self._inherited = False
        self._loops: _Loops = {}
        forks.register(self)

    async def request(self, **call: Any) -> httpx.Response | InProcessAnswer:
        """The answer to a call with the arguments of `httpx.AsyncClient.request`."""
        if self._inherited:
            _refuse_after_fork(self._transport)
        client = await self._client()
        if client.is_closed:
            raise ShopClosed
        if isinstance(self._transport, Direct):
            answer = await self._directly(self._transport, **call)
            if answer is not None:
                return answer
        return await client.request(**call)

    async def _directly(
        self, transport: Direct, *, auth: httpx.Auth | None = None, **call: Any
    ) -> httpx.Response | InProcessAnswer | None:
        """The answer, unless a token has to be fetched first, or was refused: httpx's client does that."""
        if isinstance(auth, BearerAuth | TokenAuth):
            header = auth.known_header()
            if header is None:
                return None
            call["headers"] = {**call["headers"], "Authorization": header}
        elif auth is not None:
            return None
        answer = await transport.call(seconds=self._timeout, **call)
        return None if answer.status_code == httpx.codes.UNAUTHORIZED and isinstance(auth, TokenAuth) else answer

    async def aclose(self) -> None:
        """Close those of the running loop."""
        await (await self._client()).aclose()

    def after_fork(self) -> None:
        """Begin anew, and leave the parent's alone."""
        self._inherited = True
        forks.leave_to_parent(self._loops)
        self._loops = {}

    async def _client(self) -> httpx.AsyncClient:
        loop = asyncio.get_running_loop()
        if loop not in self._loops:
            for other in list(self._loops):
                if other.is_closed():  # without shutdown_asyncgens
                    self._loops.pop(other, None)
            client = self._make()
            keeper = _closed_with_loop(client, loop, self._loops)
            await anext(keeper)  # from here on, the loop closes it at its end
            self._loops[loop] = client, keeper
        return self._loops[loop][0]


_Loops = dict[asyncio.AbstractEventLoop, tuple[httpx.AsyncClient, AsyncGenerator[None, None]]]


async def _closed_with_loop(
    client: httpx.AsyncClient, loop: asyncio.AbstractEventLoop, loops: _Loops
) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        loops.pop(loop, None)
        await client.aclose()

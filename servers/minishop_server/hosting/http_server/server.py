"""uvicorn's server, with an end in steps that loses no request.

SIGTERM: readiness falls, and every request is still answered for some seconds, so that all proxies in front stop
sending before the port is closed. Meanwhile the next response of each connection is its last one and says
`Connection: close`, because a server that closes an idle connection may cross with a request on it. So these seconds
must be more than clients keep an idle connection. Then the port is closed, the requests under way are answered, and
the process ends. Ctrl-C omits the seconds.
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate

import uvicorn

from ...kit.clock import monotonic, unix_time
from ..request_log import CUT_OFF
from .connections import Connections
from .ending import ANSWERING, longest_end

UNDER_WAY = 0.1
"""Seconds for the first request of a connection that was opened just before the port was closed."""
POLL = 0.02


class Server(uvicorn.Server):
    """The server of one socket, whose `Date` header is by the clock of all others.

    Args:
        drain: seconds from SIGTERM to a closed port.
        withdraw: called at the signal, to let the readiness probe fail.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        connections: Connections,
        drain: float = 0.0,
        withdraw: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(config)
        self._connections = connections
        self._drain = drain
        self._withdraw = withdraw
        self._closes_at = 0.0

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle the signals, after the first of them until the process has ended."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        yield
        if not self._closes_at:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, _frame: object) -> None:
        """Begin to end.

        The second signal ends the process at once, and so does the time limit, with the stacks of all threads.
        """
        if self.should_exit:
            os._exit(128 + sig)
        drain = self._drain if sig == signal.SIGTERM else 0.0
        faulthandler.dump_traceback_later(longest_end(drain), exit=True)
        self._closes_at = monotonic() + drain
        self._withdraw()
        self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        ends = await super().on_tick(counter)
        if counter % 10 == 0:  # once a second, as uvicorn's own
            self.server_state.default_headers = [(b"date", formatdate(unix_time(), usegmt=True).encode())]
        return ends

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer the requests that come before the port is closed, and end."""
        self._connections.drain()
        await asyncio.sleep(max(0.0, self._closes_at - monotonic()))
        for server in self.servers:
            server.close()
        for each in sockets or ():
            each.close()
        await asyncio.sleep(UNDER_WAY)
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            async with asyncio.timeout(ANSWERING):
                await self._all_answered()
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel(CUT_OFF)
            await asyncio.sleep(UNDER_WAY)
        await self.lifespan.shutdown()

    async def _all_answered(self) -> None:
        while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - uvicorn has no event for its sets
            await asyncio.sleep(POLL)

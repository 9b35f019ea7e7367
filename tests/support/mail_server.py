"""A mail server for tests."""

from __future__ import annotations

import asyncio

from aiosmtpd.controller import Controller


class OnFreePort(Controller):
    """A mail server on a port that the system picks."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]

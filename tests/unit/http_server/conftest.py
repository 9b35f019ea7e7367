"""A whole shop behind the real server, with small bounds, and raw sockets to speak to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_network
from typing import Any

import pytest

from minishop_server.hosting.http_server.connections import Bounds, Connections
from minishop_server.hosting.http_server.listening import configured
from minishop_server.hosting.http_server.server import Server
from minishop_server.kit.background import repeating
from tests.support.http_server import Served, Serving
from tests.support.shop import Shop


@pytest.fixture
def serving(sqlite_shop: Shop) -> Serving:
    """Serves the shop, with bounds as keyword arguments."""

    @asynccontextmanager
    async def serve(trusted: str = "", **changed: Any) -> AsyncIterator[Served]:
        bounds = Bounds(**{"connections": 50, "connections_per_address": 50, "tick_seconds": 0.05, **changed})
        connections = Connections(bounds, [ip_network(trusted)] if trusted else [])
        with socket.create_server(("127.0.0.1", 0)) as listener:
            server = Server(configured(sqlite_shop.gateway, connections), connections)
            serving = asyncio.create_task(server.serve([listener]))
            async with repeating(connections.tick, bounds.tick_seconds):
                try:
                    yield Served(listener.getsockname(), connections, server)
                finally:  # a connection that is left open would keep uvloop from closing
                    server.should_exit = True
                    await serving

    return serve

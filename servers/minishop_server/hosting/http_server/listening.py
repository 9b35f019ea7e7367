"""A listening socket, served until a signal comes."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, Literal

import structlog
import uvicorn
from starlette.types import ASGIApp
from uvicorn.server import ServerState

from ...kit.background import repeating
from ...kit.clock import monotonic
from ...services.settings import Settings
from ..cors import open_to
from ..path_prefix import shown_under
from .connections import SILENCE, Bounds, Connections
from .protocol import BoundedProtocol
from .server import Server

SPARE_FILES = 256
"""For databases, and for calls to other services."""
ENDLESS = 1 << 16
FEW = Bounds(connections=32, connections_per_address=8, send_seconds=5)
"""Those of a socket that only operators use."""


async def listen(
    application: ASGIApp,
    settings: Settings,
    listener: socket.socket,
    lifespan: Literal["on", "off"] = "off",
    *,
    drain: float,
    withdraw: Callable[[], None],
) -> None:
    """Serve until SIGINT or SIGTERM, and end as `Server` does."""
    files = raise_open_files()
    bounds = Bounds(
        connections=min(settings.connections, max(files - SPARE_FILES, files // 2)),
        connections_per_address=settings.connections_per_address,
    )
    connections = Connections(bounds, settings.trusted_proxies)
    application = shown_under(settings.root_path, settings.trusted_proxies, application)
    config = configured(open_to(settings.cors_origins, application), connections, lifespan)
    server = Server(config, connections, drain, withdraw)
    asyncio.get_running_loop().set_exception_handler(_Errors())
    async with repeating(connections.tick, bounds.tick_seconds):
        await server.serve(sockets=[listener])


@asynccontextmanager
async def serving_beside(application: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """Serve few clients on another socket while the block lasts, which handles the signals."""
    connections = Connections(FEW)
    config = configured(application, connections)
    config.load()
    state, loop = ServerState(), asyncio.get_running_loop()

    def protocol() -> BoundedProtocol:
        return BoundedProtocol(config, state, {}, loop, connections=connections)

    create = loop.create_server if listener.family in (socket.AF_INET, socket.AF_INET6) else loop.create_unix_server
    server = await create(protocol, sock=listener)
    try:
        async with repeating(connections.tick, connections.bounds.tick_seconds):
            yield
    finally:
        server.close()
        for connection in list(connections.open):
            connection.drop()


def configured(
    application: ASGIApp, connections: Connections, lifespan: Literal["on", "off"] = "off"
) -> uvicorn.Config:
    """The configuration with which uvicorn serves the shop.

    The caller must call `connections.tick` every second.
    """
    return uvicorn.Config(
        application,
        http=partial(BoundedProtocol, connections=connections),  # type: ignore[arg-type]
        lifespan=lifespan,
        ws="none",
        server_header=False,
        date_header=False,  # see `Server`
        proxy_headers=False,  # kit/client_address.py reads them, of the proxies that are trusted
        access_log=False,  # the request log is ours; uvicorn's prints query strings
        log_config=None,
        timeout_keep_alive=75,  # longer than clients keep a connection that is idle, httpx 5 s: they close it first
    )


def raise_open_files() -> int:
    """Raise the limit of open files as far as allowed, and return it."""
    if os.name != "posix":
        return ENDLESS
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENDLESS if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return ENDLESS if soft == resource.RLIM_INFINITY else soft


class _Errors:
    """Handles the errors of the event loop.

    If no connection can be accepted, asyncio reports it thousands of times a second.
    """

    def __init__(self) -> None:
        self._quiet_until = 0.0

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if not str(context.get("message", "")).startswith("socket.accept()"):
            loop.default_exception_handler(context)
        elif monotonic() >= self._quiet_until:
            self._quiet_until = monotonic() + SILENCE
            error = context.get("exception")
            why = error.strerror if isinstance(error, OSError) else None
            structlog.get_logger().error("no_connection_can_be_accepted", why=why)

"""Options and helpers that the commands share which run services."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from ..kit.settings import ServiceName
from ..services.settings import Settings
from .ports import address_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from ..hosting.gateway import Gateway
    from ..hosting.service import Service

console = Console()
COLLECT_AFTER = 10_000
"""New objects until the garbage collector looks at the youngest."""

Host = Annotated[str, typer.Option(envvar="MINISHOP_HOST", help="The address to listen on.")]
Port = Annotated[int, typer.Option(envvar="MINISHOP_PORT", min=0, max=65535, help="The port; 0 takes a free one.")]
DataDir = Annotated[
    Path, typer.Option(envvar="MINISHOP_DATA_DIR", help="The folder of the SQLite files and the mailbox.")
]


def make_gateway(settings: Settings, *, quiet: bool = False) -> Gateway:
    from ..hosting.gateway import Gateway

    begin_log(settings.model_copy(update={"log_level": "error"}) if quiet else settings)
    return Gateway(settings)


def begin_log(settings: Settings) -> None:
    """Configure the log, and warn of unknown settings."""
    import structlog

    from ..hosting.setting_names import unknown_names
    from ..kit.logging import configure_logging

    configure_logging(settings.log_level, settings.log_format)
    for name, meant in unknown_names(os.environ):
        structlog.get_logger().warning("unknown_setting", name=name, meant=meant)


@asynccontextmanager
async def monitored(
    application: ASGIApp, services: Mapping[ServiceName, Service], monitor: socket.socket | Path | None
) -> AsyncIterator[None]:
    """Show metrics and probes while the block lasts: on this socket, or as one of several workers in this folder."""
    if monitor is None:
        yield
        return
    import structlog

    from ..hosting.monitoring import application as port
    from ..hosting.monitoring.workers import worker_socket

    if isinstance(monitor, Path):
        listener = worker_socket(monitor)
    else:
        listener = monitor
        structlog.get_logger().info("metrics_served", url=address_of(listener))
    routes = port.of_services(application, services, for_sum=isinstance(monitor, Path))
    async with port.monitored(routes, listener):
        yield


async def run_server(
    application: Gateway | Service,
    settings: Settings,
    listener: socket.socket,
    lifespan: Literal["on", "off"] = "off",
) -> None:
    """Serve until a signal comes, and end after `settings.drain_seconds`."""
    from ..hosting.http_server.listening import listen

    # Documents, validators and modules stay until the end, so no collection has to look at them again. Requests leave
    # few cycles, and a collection after every 700 new objects looks mostly at those of requests under way.
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    drain = settings.drain_seconds or 0.0
    await listen(application, settings, listener, lifespan, drain=drain, withdraw=application.withdraw)

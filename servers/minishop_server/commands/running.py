"""Options and helpers that the commands share which run services."""

from __future__ import annotations

import gc
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from ..services.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from ..hosting.gateway import Gateway

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


async def run_server(
    application: ASGIApp, settings: Settings, listener: socket.socket, lifespan: Literal["on", "off"] = "off"
) -> None:
    from ..hosting.http_server.listening import listen

    # Documents, validators and modules stay until the end, so no collection has to look at them again. Requests leave
    # few cycles, and a collection after every 700 new objects looks mostly at those of requests under way.
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    await listen(application, settings, listener, lifespan)


def address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

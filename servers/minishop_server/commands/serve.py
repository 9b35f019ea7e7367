"""`minishop serve`."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from typing import Annotated

import typer

from ..kit.settings import SERVICES, ServiceName
from ..services.settings import Settings
from .errors import service_name
from .ports import address_of, listening
from .preflight import require_settings
from .running import DataDir, Host, Port, begin_log, console, monitored, run_server
from .workers import Worker, Workers, require_postgresql, run_workers


def serve(
    service: Annotated[str, typer.Argument(help="One of: " + ", ".join(SERVICES) + ".")],
    host: Host = "127.0.0.1",
    port: Port = 8000,
    data_dir: DataDir = Path("data"),
    workers: Workers = 1,
) -> None:
    """Run a single service.

    MINISHOP_<SERVICE>_URL is the address of each service that it calls. MINISHOP_<SERVICE>_DATABASE_URL is its
    database (postgresql://…; a SQLite file by default). Orders and Shipping authenticate to Auth with
    MINISHOP_<SERVICE>_CLIENT_SECRET, which Auth needs too. Auth encrypts its signing keys with
    MINISHOP_AUTH_KEY_SECRET. `minishop admin create` creates the first admin.
    """
    from ..hosting.event_loop import run
    from ..hosting.http_server.ending import DRAIN

    settings = Settings(host=host, port=port, data_dir=data_dir)
    if settings.drain_seconds is None:
        settings = settings.model_copy(update={"drain_seconds": DRAIN})
    name = service_name(service)
    require_settings(name, settings)
    require_postgresql(workers, [name], settings)
    with listening(host, port) as listener:
        run_workers(workers, [name], settings, lambda worker: run(_serve(name, settings, listener, worker)))
    console.print("\nStopped.")


async def _serve(name: ServiceName, settings: Settings, listener: socket.socket, worker: Worker) -> None:
    from ..hosting.service import Service
    from ..hosting.tracing import traced

    begin_log(settings)
    failures: list[BaseException] = []

    def end(failure: BaseException) -> None:
        failures.append(failure)
        signal.raise_signal(signal.SIGINT)  # to the server, which has nothing to drain

    service = Service(name, settings, on_failure=end)
    if worker.is_first:
        console.print(f"The {name} service is starting on {address_of(listener)}/{name}")
    worker.opened()
    async with traced(), monitored(service, {name: service}, worker.monitor):
        await run_server(service, settings, listener, lifespan="on")
    if failures:
        raise failures[0]

"""`minishop up`."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.panel import Panel

from ..kit.settings import SERVICES
from ..services.settings import Settings
from .ports import address_of, listening
from .running import DataDir, Host, Port, console, make_gateway, monitored, run_server
from .workers import Worker, Workers, require_postgresql, run_workers

Demo = Annotated[
    Literal["none", "small"] | None,
    typer.Option(
        envvar="MINISHOP_DEMO",
        help="The demo data to create: small, or none if others than this machine may reach the shop, because the "
        "password of its admin is published.",
        show_default=False,
    ),
]


def up(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    data_dir: DataDir = Path("data"),
    workers: Workers = 1,
    demo: Demo = None,
) -> None:
    """Run the whole shop behind one address, with demo data at the first start."""
    from ..hosting.event_loop import run

    settings = Settings(host=host, port=port, data_dir=data_dir)
    require_postgresql(workers, SERVICES, settings)
    demo = demo or ("none" if settings.is_public else "small")
    with listening(host, port) as listener:
        run_workers(workers, SERVICES, settings, lambda worker: run(_up(settings, listener, worker, demo)))
    console.print("\nStopped.")


async def _up(settings: Settings, listener: socket.socket, worker: Worker, demo: Literal["none", "small"]) -> None:
    from ..hosting.tracing import traced
    from ..tools.demo.seed import seed

    if settings.public_url is None:
        settings = settings.model_copy(update={"public_url": address_of(listener)})
    gateway = make_gateway(settings)
    async with traced(), monitored(gateway, gateway.services, worker.monitor), gateway.running():
        if worker.is_first:
            if demo == "small":
                await seed(gateway)
            _welcome(address_of(listener), settings.data_dir, demo)
        worker.opened()
        await run_server(gateway, settings, listener)


def _welcome(address: str, data_dir: Path, demo: str) -> None:
    from ..tools.demo.seed import PASSWORD

    accounts = (
        f"The first admin    minishop admin create NAME E-MAIL --data-dir {data_dir.absolute()}\n"
        if demo == "none"
        else f"Demo users         ada, bob (customers), grace (admin)\nTheir password     {PASSWORD}\n"
    )
    console.print(
        Panel.fit(
            f"[bold green]Minishop is open[/]   {address}\n"
            f"Documentation      {address}/\n"
            f"{accounts}"
            f"Data and mailbox   {data_dir.absolute()}\n"
            "Ctrl-C stops it.",
            title="minishop",
        )
    )
    if demo == "none":
        return
    login = f'{{"username": "ada", "password": "{PASSWORD}"}}'
    token = "python3 -c 'import json, sys; print(json.load(sys.stdin)[\"access_token\"])'"
    console.print(
        f"Sign in as ada, and look around:\n\n"
        f"TOKEN=$(curl -s {address}/auth/login -H 'Content-Type: application/json' -d '{login}' | {token})\n"
        f'curl -s "{address}/catalog/products?limit=3" -H "Authorization: Bearer $TOKEN"\n',
        soft_wrap=True,  # one line each, to be copied
        markup=False,
        highlight=False,
    )

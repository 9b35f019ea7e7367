"""`minishop clients`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from ..services.settings import Settings
from .auth_data import DataDir, auth_database
from .errors import Refusal, told_plainly

if TYPE_CHECKING:
    from ..services.auth.service_accounts.domain import ServiceAccounts

clients = typer.Typer(name="clients", help="The client secrets of services at Auth.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the service, for example orders.")]


@clients.command("list")
@told_plainly()
def list_clients(data_dir: DataDir = Path("data")) -> None:
    """List the services with a secret and the age of each secret."""
    asyncio.run(_list(Settings(data_dir=data_dir)))


@clients.command()
@told_plainly()
def rotate(name: Name, data_dir: DataDir = Path("data")) -> None:
    """Create a new secret for a service, and print it once.

    The previous secret stays valid. Set the new one as MINISHOP_<SERVICE>_CLIENT_SECRET of the service and of Auth.
    When all replicas have it, run `minishop clients retire NAME`. Auth stores only a hash.
    """
    asyncio.run(_rotate(Settings(data_dir=data_dir), name))


@clients.command()
@told_plainly()
def retire(name: Name, data_dir: DataDir = Path("data")) -> None:
    """Revoke the older of two secrets permanently, even if Auth's settings still contain it."""
    asyncio.run(_retire(Settings(data_dir=data_dir), name))


@asynccontextmanager
async def _clients(settings: Settings) -> AsyncIterator[ServiceAccounts]:
    from ..services.auth.service_accounts.domain import NotRolled, ServiceAccounts

    async with auth_database(settings) as database:
        try:
            yield ServiceAccounts(database)
        except NotRolled as refusal:
            raise Refusal(str(refusal)) from None


async def _list(settings: Settings) -> None:
    async with _clients(settings) as found:
        for name, rows in groupby(await found.all(), lambda row: row["client_id"]):
            times = ", ".join(row["created_at"] for row in rows)
            Console().print(f"{name:<14}{times}", highlight=False)


async def _rotate(settings: Settings, name: str) -> None:
    async with _clients(settings) as found:
        print(await found.rotate(name))  # by itself, to be taken up by a script


async def _retire(settings: Settings, name: str) -> None:
    async with _clients(settings) as found:
        await found.retire(name)
    Console().print("The older secret is retired.")

"""`minishop migrate`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ..kit.database import migrate_database, migrations_of
from ..kit.settings import SERVICES, ServiceName
from ..services.settings import Settings
from .errors import service_name


def migrate(
    services: Annotated[list[str] | None, typer.Argument(metavar="[SERVICE]...", help="All by default.")] = None,
    data_dir: Annotated[
        Path,
        typer.Option(
            envvar="MINISHOP_DATA_DIR", help="The folder of the SQLite files, for services without a database URL."
        ),
    ] = Path("data"),
) -> None:
    """Apply pending migrations to the schemas of services.

    It uses the databases of the services: MINISHOP_<SERVICE>_DATABASE_URL, or a SQLite file. Services also migrate
    at their start, unless MINISHOP_MIGRATE=off.
    """
    asyncio.run(_migrate([service_name(service) for service in services or SERVICES], Settings(data_dir=data_dir)))


async def _migrate(names: Sequence[ServiceName], settings: Settings) -> None:
    console = Console()
    for name in names:
        before, after = await migrate_database(settings.database_url(name), migrations_of(name), settings.database)
        done = f"is at {after}" if before == after else f"went from {before or 'nothing'} to {after}"
        console.print(f"{name:<14}{done}", highlight=False)

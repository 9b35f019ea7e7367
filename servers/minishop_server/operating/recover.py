"""`minishop recover`."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ..kit.database import Numbered, migrations_of, open_database, recover
from ..kit.settings import Settings
from ..plainly import Refusal, service_name


def recover_service(
    service: Annotated[str, typer.Argument(help="One of: auth, catalog, orders, payments, shipping.")],
    data_dir: Annotated[
        Path, typer.Option(envvar="MINISHOP_DATA_DIR", help="Where SQLite files are, of services without an address.")
    ] = Path("data"),
) -> None:
    """Raise the numbers of a service above those that the other services know.

    For a database that was put back to an earlier state: it has forgotten rows that others refer to, and would give
    their numbers to other things. Works on the service's own database (MINISHOP_<SERVICE>_DATABASE_URL, else a SQLite
    file), which learned the highest number when it last ran. Repeating it is safe. docs/recovery.md says what else is
    to be done after a restore.
    """
    asyncio.run(recover_numbers(service, Settings(data_dir=data_dir)))


async def recover_numbers(service: str, settings: Settings) -> None:
    """Raise the numbers of a service, and say so."""
    name = service_name(service)
    numbered: Numbered | None = getattr(import_module(f"minishop_server.{name}"), "NUMBERED", None)
    if numbered is None:
        raise Refusal(f"Nothing that {name} numbers is known to other services; it needs no recovery.")
    database = await open_database(
        settings.database_url(name), migrations_of(name), settings.database, may_migrate=settings.migrate
    )
    try:
        was_behind, known = await recover(database, numbered)
    finally:
        await database.close()
    told = f"The numbers of {name} go on above {known}." if was_behind else f"The numbers of {name} were not behind."
    Console().print(told, highlight=False)

"""`minishop recover`."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ..kit.database import Numbered, migrations_of, open_database
from ..kit.database import recover as raise_numbers
from ..kit.settings import ServiceName
from ..services.settings import Settings
from .auth_data import end_sessions, with_key_secret
from .errors import Refusal, require_file, service_name


def recover(
    service: Annotated[str, typer.Argument(help="One of: auth, catalog, orders, payments, shipping.")],
    data_dir: Annotated[
        Path,
        typer.Option(
            envvar="MINISHOP_DATA_DIR", help="The folder of the SQLite files, for services without a database URL."
        ),
    ] = Path("data"),
    above: Annotated[
        int, typer.Option(min=0, max=999_999_999, help="The highest number that was assigned, if you know it: 106.")
    ] = 0,
    ends_sessions: Annotated[
        bool, typer.Option("--end-sessions", help="Also end all sessions of users, if the service is auth.")
    ] = False,
) -> None:
    """Raise the numbers of a service above those that other services know.

    A database that was restored to an earlier state has lost rows that other services refer to, and would assign their
    numbers again. The command works on the service's own database (MINISHOP_<SERVICE>_DATABASE_URL, or a SQLite file).
    A running service receives the highest number that others know; --above gives it before the service runs. The
    command may be repeated. docs/recovery.md lists the other steps after a restore.

    A session that was revoked after the backup is valid again. With --end-sessions all users sign in again: their
    sessions end, and a new signing key invalidates all tokens, as minishop keys rotate --now does.

    minishop recover orders --above 106
    """
    settings = Settings(data_dir=data_dir)
    if ends_sessions:
        if service != "auth":
            raise Refusal("Only Auth has sessions: minishop recover auth --end-sessions")
        asyncio.run(end_sessions(with_key_secret(settings)))
        Console().print("All sessions have ended.")
    asyncio.run(recover_numbers(service, settings, above))


def numbered_of(name: ServiceName) -> Numbered | None:
    """The numbers of a service that others know, if there are any."""
    found: Numbered | None = getattr(import_module(f"minishop_server.services.{name}.lifespan"), "NUMBERED", None)
    return found


async def recover_numbers(service: str, settings: Settings, above: int = 0) -> None:
    """Raise the numbers of a service above those that others know and above a given one, and print the result."""
    name = service_name(service)
    numbered = numbered_of(name)
    if numbered is None:
        raise Refusal(f"Nothing that {name} numbers is known to other services; it needs no recovery.")
    require_file(name, settings)
    database = await open_database(
        settings.database_url(name), migrations_of(name), settings.database, may_migrate=settings.migrate
    )
    try:
        was_behind, known = await raise_numbers(database, numbered, numbered.numbering.row_of_number(above))
    finally:
        await database.close()
    told = f"The numbers of {name} go on above {numbered.numbering.number(known)}."
    if not was_behind:
        told = (
            f"No number has to be raised as far as {name} knows. The other services tell it theirs when the shop runs."
            f" If {name} then reports that its numbers are behind, run this command again."
        )
    Console().print(told, highlight=False)

"""Auth's database and settings, for commands of an operator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from ..hosting.local_secrets import FILE
from ..kit.database import Database, migrations_of, open_database
from ..services.settings import Settings
from .errors import Refusal, require_file

DataDir = Annotated[
    Path,
    typer.Option(envvar="MINISHOP_DATA_DIR", help="The folder of auth.db and auth.key, for a shop in one process."),
]


@asynccontextmanager
async def auth_database(settings: Settings) -> AsyncIterator[Database]:
    """The database of Auth, with its schema up to date.

    Raises:
        Refusal: its file is missing.
    """
    require_file("auth", settings)
    url, may_migrate = settings.database_url("auth"), settings.migrate
    database = await open_database(url, migrations_of("auth"), settings.database, may_migrate=may_migrate)
    try:
        yield database
    finally:
        await database.close()


def with_key_secret(settings: Settings) -> Settings:
    """The settings with the secret of the signing keys; a shop in one process has it in a file.

    Raises:
        Refusal: there is none; a new one would make Auth's keys unreadable.
    """
    file = settings.data_dir / FILE
    if settings.auth.key_secret is not None:
        return settings
    if not file.exists():
        require_file("auth", settings)
        raise Refusal(f"Set MINISHOP_AUTH_KEY_SECRET to the secret of Auth, or put {file.absolute()} back.")
    return settings.with_key_secret(SecretStr(file.read_text()))


async def end_sessions(settings: Settings) -> None:
    """End all sessions of users, and replace the signing keys, which invalidates all tokens.

    Tokens of sessions that began after a backup are invalid too, although the restored database does not know them.
    """
    from ..services.auth.sessions.domain import end_everyones
    from ..services.auth.signing_keys.domain import SigningKeys

    assert settings.auth.key_secret is not None
    async with auth_database(settings) as database:
        await end_everyones(database)
        await SigningKeys(database, settings.auth.key_secret.get_secret_value()).rotate(actor="operator", at_once=True)

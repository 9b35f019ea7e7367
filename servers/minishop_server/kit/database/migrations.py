"""The schema of a service, brought up to date by Alembic.

A service's `migrations/` has revisions named by their number, for example `0101_colours.py`. One small query reads
the revision of a database, so an up-to-date start never imports Alembic and SQLAlchemy. All pending revisions are
applied in one transaction under one lock: replicas may start together, and one that dies half-way leaves nothing
behind. A schema that is ahead is left alone, unless it was contracted: that is refused, and so is one that is older
than the first revision; see docs/migrations.md.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

from ..problems import Unavailable
from ..settings import ServiceName
from .protocols import Database
from .sqlite_errors import OUTAGES, FileOutage

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

LOCK = 7_646_112
"""Replicas take turns: the number of a PostgreSQL advisory lock."""
LOCK_SECONDS = 10
"""The time that a migration waits for a table lock, while later transactions wait behind it."""

_ALEMBIC = threading.Lock()  # its `context` and `op` are global


class OldData(Exception):
    """The database was made before the first revision, and is unchanged."""

    def __init__(self, service: str) -> None:
        super().__init__(
            f"A version before 0.1.0 made the database of {service}. This version cannot read it and left it unchanged."
            f" Choose another folder (--data-dir) or database (MINISHOP_{service.upper()}_DATABASE_URL) for this"
            " version, or run the version that made it."
        )


class SchemaBehind(Unavailable):
    """The schema has to be migrated first."""

    def __init__(self, service: str) -> None:
        super().__init__(f"The schema of {service} is behind. It is brought up to date by: minishop migrate {service}")


class SchemaAhead(Unavailable):
    """A newer version has changed the schema so that this one cannot work with it."""

    def __init__(self, service: str, number: str) -> None:
        super().__init__(
            f"The schema of {service} is at {number}, with which this version does not work. Run a newer version."
        )


async def migrate(
    database: Database, url: str, migrations: Path, *, may_migrate: bool = True
) -> tuple[str | None, str | None]:
    """Apply pending revisions; return the numbers before and after, None for an empty database.

    Raises:
        OldData: the schema is older than the first revision.
        SchemaAhead: a newer version has contracted the schema.
        SchemaBehind: a revision is pending, and may not be applied.
        Unavailable: the database went away, or tables stayed in use; nothing was changed.
    """
    before, newest = await _version(database), head(migrations)
    if before is not None and before < min(_numbers(migrations), default=""):
        raise OldData(migrations.parent.name)
    if newest is not None and before is not None and _hundreds(before) > _hundreds(newest):
        raise SchemaAhead(migrations.parent.name, before)
    if newest is None or (before is not None and before >= newest):
        return before, before
    if not may_migrate:
        raise SchemaBehind(migrations.parent.name)
    await asyncio.to_thread(_upgrade, url, migrations)
    return before, await _version(database)


def migrations_of(service: ServiceName) -> Path:
    """The folder of a service's revisions."""
    return Path(__file__).parents[2] / "services" / service / "migrations"


def head(migrations: Path) -> str | None:
    """The number of the newest revision in a folder."""
    return max(_numbers(migrations), default=None)


def _hundreds(number: str) -> str:
    """The part of a number that grows with a revision that contracts the schema."""
    return number[:-2]


def _numbers(migrations: Path) -> list[str]:
    return [path.name.partition("_")[0] for path in migrations.glob("[0-9]*_*.py")]


async def _version(database: Database) -> str | None:
    try:
        return await database.fetchval(str, "SELECT version_num FROM alembic_version")
    except (sqlite3.OperationalError, asyncpg.UndefinedTableError):
        return None


def _upgrade(url: str, migrations: Path) -> None:
    import sqlalchemy
    from alembic import command
    from alembic.config import Config

    config = Config()
    for name, folder in ("script_location", Path(__file__).parent), ("version_locations", migrations):
        config.set_main_option(name, str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with _ALEMBIC:
        engine = _engine(url)
        try:
            with engine.begin() as connection:
                _lock(connection)
                if sqlalchemy.inspect(connection).has_table("_yoyo_migration"):  # the first versions used this tool
                    raise OldData(migrations.parent.name)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except sqlalchemy.exc.OperationalError as error:
            code = getattr(error.orig, "sqlite_errorcode", None)
            if code is not None and code & 0xFF not in OUTAGES:
                raise  # to SQLite, a wrong statement is of this kind too
            refusal = f"The schema of {migrations.parent.name} cannot be migrated now."
            if code is not None:
                raise FileOutage(refusal, reason=f"{url.removeprefix('sqlite:///')}: {error.orig}") from error
            raise Unavailable(refusal) from error
        finally:
            engine.dispose()


def _engine(url: str) -> Engine:
    """An engine whose connections are opened as ours are, by the address as it was given."""
    import sqlalchemy

    if url.startswith("sqlite:///"):
        return sqlalchemy.create_engine("sqlite://", hide_parameters=True, creator=partial(_open_file, url))
    import psycopg

    return sqlalchemy.create_engine(
        "postgresql+psycopg://", hide_parameters=True, creator=lambda: psycopg.connect(url, connect_timeout=10)
    )


def _open_file(url: str) -> sqlite3.Connection:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30, isolation_level=None)
    connection.execute("PRAGMA secure_delete = ON")  # a revision may delete secrets, too
    return connection


def _lock(connection: Connection) -> None:
    """Be the only one that migrates, until the transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")

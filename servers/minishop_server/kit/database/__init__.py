"""Connections, transactions and migrations: one set of SQL texts for SQLite and PostgreSQL.

Raw drivers under two small classes of one shape. Statements use `$1`, `$2` …, `RETURNING` and `ON CONFLICT`, which
both understand. A statement that stands alone goes to the database itself, where PostgreSQL needs no more than one
round trip for it; several that belong together go into `transaction()`. On SQLite, every write takes the write lock
at once (`BEGIN IMMEDIATE`), so that no transaction fails half-way for want of it.

`protocols.py` has the common interface, `sqlite.py` and `postgresql.py` implement it, `migrations.py` keeps the schema.
"""

from __future__ import annotations

from pathlib import Path

from ..settings import DatabaseSettings
from .deleting import PART, PAUSE, delete_in_parts, empty_in_parts
from .folder import UNFINISHED, FolderLock
from .listing import Listing
from .migrations import OldData, SchemaAhead, SchemaBehind, head, migrate, migrations_of
from .numbers import LOOK_SECONDS, Numbered, Numbers, NumbersBehind, highest_order, recover
from .postgresql import PostgresDatabase
from .protocols import Connection, Database, columns, places
from .snapshots import copy_to, highest_row, require_sound, schema_of, snapshots, sync
from .sqlite import SqliteDatabase
from .sqlite_errors import BrokenFile, FileOutage
from .traced import traced

__all__ = [
    "LOOK_SECONDS",
    "PART",
    "PAUSE",
    "UNFINISHED",
    "BrokenFile",
    "Connection",
    "Database",
    "FileOutage",
    "FolderLock",
    "Listing",
    "Numbered",
    "Numbers",
    "NumbersBehind",
    "OldData",
    "PostgresDatabase",
    "SchemaAhead",
    "SchemaBehind",
    "SqliteDatabase",
    "columns",
    "copy_to",
    "delete_in_parts",
    "empty_in_parts",
    "head",
    "highest_order",
    "highest_row",
    "migrate_database",
    "migrations_of",
    "open_database",
    "ping",
    "places",
    "recover",
    "require_sound",
    "schema_of",
    "snapshots",
    "sync",
    "traced",
]


async def open_database(
    url: str, migrations: Path, settings: DatabaseSettings = DatabaseSettings(), *, may_migrate: bool = True
) -> Database:
    """Connect and bring the schema up to date.

    Args:
        url: `sqlite:///` and a path, or `postgresql://…`.
        migrations: the folder of the service's migrations.
        settings: the time limit of statements, and how PostgreSQL is used.
        may_migrate: whether a schema that is behind is brought up to date, or refused.

    Raises:
        ValueError: the address is of neither database.
        Unavailable: PostgreSQL does not answer.
        BrokenFile: the file is no database of SQLite.
        OldData: a version before 0.1.0 made the schema.
        SchemaBehind: it is, and may not be migrated here.
    """
    database = await _connect(url, settings, migrations.parent.name)
    try:
        await migrate(database, url, migrations, may_migrate=may_migrate)
    except BaseException:
        await database.close()
        raise
    return database


async def migrate_database(
    url: str, migrations: Path, settings: DatabaseSettings = DatabaseSettings()
) -> tuple[str | None, str | None]:
    """Bring a schema up to date; the numbers of its revisions before and after, None for that of an empty database.

    Raises:
        ValueError, Unavailable, BrokenFile, OldData: see `open_database`.
    """
    database = await _connect(url, settings, migrations.parent.name)
    try:
        return await migrate(database, url, migrations)
    finally:
        await database.close()


async def ping(database: Database) -> None:
    """Ask the database for any answer; and, after a write found the disk full, whether there is room.

    Raises:
        Unavailable: none came, or the disk is still full.
    """
    if database.is_full:
        await database.try_to_write()
    await database.fetchval(int, "SELECT 1")


async def _connect(url: str, settings: DatabaseSettings, name: str) -> Database:
    if url.startswith("sqlite:///"):
        return await SqliteDatabase.connect(url.removeprefix("sqlite:///"), settings)
    if url.startswith("postgresql://"):
        return await PostgresDatabase.connect(url, settings, name)
    raise ValueError("A database address starts with sqlite:/// or postgresql://.")

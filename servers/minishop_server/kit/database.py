"""Connections, transactions and migrations: one set of SQL texts for SQLite and PostgreSQL.

Raw drivers under two small classes of one shape. Statements use `$1`, `$2` …, `RETURNING` and `ON CONFLICT`, which
both understand. Reading goes through the database itself; writing only inside `transaction()`, which on SQLite
takes the write lock at once (`BEGIN IMMEDIATE`), so that no transaction fails half-way for want of it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

import aiosqlite
import asyncpg
import structlog
import yoyo

from .problems import Conflict, Unavailable

Row = Mapping[str, Any]
MIGRATION_LOCK = 7_646_112
"""Replicas that start together take turns: the number of a PostgreSQL advisory lock."""

CONFLICTS = (asyncpg.UniqueViolationError,)
OUTAGES = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    # How asyncpg meets a connection that was cut since it was last used, or within a transaction.
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,  # a refused connection, a timeout, a name that does not resolve
)
SQLITE_CONFLICTS = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}
SQLITE_OUTAGES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}


class Connection(Protocol):
    """Where statements run."""

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        """All rows."""
        ...

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        """The first row, if there is one."""
        ...

    async def execute(self, sql: str, *args: Any) -> int:
        """Run it; how many rows it touched."""
        ...


class Database(Protocol):
    """One service's database. A read sees what was committed before it began."""

    async def fetch(self, sql: str, *args: Any) -> list[Row]: ...

    async def fetchrow(self, sql: str, *args: Any) -> Row | None: ...

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """Commits at the end of the block, rolls back when an exception leaves it."""
        ...

    async def close(self) -> None: ...


async def open_database(url: str, migrations: Path) -> Database:
    """Connect and bring the schema up to date.

    Raises:
        ValueError: the address is of neither database.
        Unavailable: PostgreSQL does not answer.
    """
    await asyncio.to_thread(_migrate, url, migrations)
    if url.startswith("sqlite:///"):
        return await SqliteDatabase.connect(url.removeprefix("sqlite:///"))
    return await PostgresDatabase.connect(url)


async def ping(database: Database) -> None:
    """Ask the database for an answer, whatever it is.

    Raises:
        Unavailable: none came.
    """
    await database.fetchrow("SELECT 1")


class _SqliteConnection:
    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        return cast(list[Row], await self._connection.execute_fetchall(sql, _named(args)))

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        rows = await self.fetch(sql, *args)
        return rows[0] if rows else None

    async def execute(self, sql: str, *args: Any) -> int:
        return (await self._connection.execute(sql, _named(args))).rowcount


class SqliteDatabase:
    """A file, with one connection that writes and one that reads beside it (WAL)."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer, self._reader = writer, reader
        self._write = _SqliteConnection(writer)
        self._read = _SqliteConnection(reader)
        self._turn = asyncio.Lock()

    @classmethod
    async def connect(cls, path: str) -> SqliteDatabase:
        # FULL: a commit that was answered survives the power going, not only the process.
        writer = await _open_sqlite(path, "PRAGMA synchronous = FULL")
        try:
            reader = await _open_sqlite(path, "PRAGMA query_only = ON")
        except BaseException:
            await writer.close()  # its thread would keep the process from ending
            raise
        return cls(writer, reader)

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        with _translated():
            return await self._read.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        with _translated():
            return await self._read.fetchrow(sql, *args)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        async with self._turn:
            with _translated():
                try:
                    await self._writer.execute("BEGIN IMMEDIATE")
                    yield self._write
                    await self._writer.commit()
                except BaseException:
                    await self._writer.rollback()
                    raise

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()


async def _open_sqlite(path: str, *pragmas: str) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in ("PRAGMA busy_timeout = 10000", "PRAGMA foreign_keys = ON", *pragmas):
        await connection.execute(pragma)
    return connection


def _named(args: tuple[Any, ...]) -> dict[str, Any]:
    # sqlite3 reads `$1` as a parameter of the name "1".
    return {str(number): value for number, value in enumerate(args, 1)}


class _PostgresConnection:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        return cast(list[Row], await self._connection.fetch(sql, *args))

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        return cast(Row | None, await self._connection.fetchrow(sql, *args))

    async def execute(self, sql: str, *args: Any) -> int:
        tag: str = await self._connection.execute(sql, *args)  # such as "UPDATE 1"
        count = tag.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0


class PostgresDatabase:
    """A pool of connections."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._read = _PostgresConnection(pool)

    @classmethod
    async def connect(cls, url: str) -> PostgresDatabase:
        return cls(await asyncpg.create_pool(url, min_size=1, max_size=10, command_timeout=30))

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        with _translated():
            return await self._read.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        with _translated():
            return await self._read.fetchrow(sql, *args)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        with _translated():
            async with self._pool.acquire() as connection, connection.transaction():
                yield _PostgresConnection(connection)

    async def close(self) -> None:
        await self._pool.close()


@contextmanager
def _translated() -> Iterator[None]:
    """A database that is away is a 503 and a lost race for a unique value a 409; a wrong statement stays an error."""
    try:
        yield
    except (sqlite3.DatabaseError, *CONFLICTS, *OUTAGES) as error:
        code = getattr(error, "sqlite_errorcode", None)  # the kind is in the low byte of an extended code
        if isinstance(error, CONFLICTS) or code in SQLITE_CONFLICTS:
            raise Conflict("Another request has just taken that value.") from error
        wrong_argument = isinstance(error, ValueError)  # asyncpg's DataError, an InterfaceError too
        if (isinstance(error, OUTAGES) and not wrong_argument) or (code is not None and code & 0xFF in SQLITE_OUTAGES):
            structlog.get_logger().error("database_unavailable", cause=type(error).__name__)
            raise Unavailable("The database does not answer.") from error
        raise


def _migrate(url: str, migrations: Path) -> None:
    """Apply what is new of `migrations/*.sql`, and of `migrations/postgresql/*.sql` there.

    yoyo's own lock is a row that outlives a killed process; the locks taken here die with it.
    """
    if url.startswith("sqlite:///"):
        path = url.removeprefix("sqlite:///")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        _apply(url, migrations)
        return
    if not url.startswith("postgresql://"):
        raise ValueError("A database address starts with sqlite:/// or postgresql://.")
    import psycopg  # here, as most starts are on SQLite and do not need it

    try:
        lock = psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError as error:
        raise Unavailable(f"The PostgreSQL of {migrations.parent.name} does not answer.") from error
    with lock:
        lock.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        _apply(url.replace("postgresql:", "postgresql+psycopg:", 1), migrations, migrations / "postgresql")


def _apply(url: str, *folders: Path) -> None:
    with yoyo.get_backend(url) as backend:
        backend.apply_migrations(backend.to_apply(yoyo.read_migrations(*map(str, folders))))

"""PostgreSQL: a pool of connections, which a restart of the server does not wear out."""

from __future__ import annotations

import asyncio
import os
import re
import ssl
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import asyncpg
import structlog

from ..clock import turned
from ..problems import Conflict, Unavailable
from ..settings import DatabaseSettings
from .postgresql_connections import PostgresConnection
from .protocols import CLOSING, Connection, R, SizeRow, System

OUTAGES = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.OperatorInterventionError,  # a restart, and a statement that took too long
    asyncpg.IdleInTransactionSessionTimeoutError,
    # How asyncpg meets a connection that was cut since it was last used, or within a transaction.
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,  # a refused connection, a timeout, a name that does not resolve
)
REFUSALS = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)


class PoolUse(NamedTuple):
    """The connections of a pool, and the statements that had to wait for one so far."""

    busy: int
    idle: int
    most: int
    waits: int


class PostgresDatabase:
    """A pool of connections.

    A connection borrowed from asyncpg's pool is kept for the next statement, because borrowing and returning it
    takes as much processor time as the statement. After a failure it goes back to the pool, which can repair it.
    """

    system: System = "postgresql"
    shared_now = "(CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT) + CAST($1 AS BIGINT))"

    def __init__(self, pool: Any) -> None:
        self.is_full = False
        self._pool = pool
        self._turns = asyncio.Semaphore(pool.get_max_size())  # hence the pool has one wherever none is at hand
        self._at_hand: list[PostgresConnection] = []
        self._waits = 0
        self.is_closing = False

    @classmethod
    async def connect(cls, url: str, settings: DatabaseSettings, name: str) -> PostgresDatabase:
        """Open the first connection; `name` identifies it at the server.

        Raises:
            Unavailable: the server does not answer, or not to this user.
        """
        limit = settings.statement_seconds
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=settings.pool_size,
                timeout=settings.connect_seconds,
                command_timeout=limit + 1,  # if there is no response, not even a timeout of the server
                server_settings={
                    "application_name": f"minishop-{name}",
                    "statement_timeout": str(round(limit * 1000)),
                    # A page is read by an index in its order. With the default of 4, for disks with moving heads, a
                    # plan for any user reads all rows of the user by a bitmap and sorts them: a million of some users.
                    "random_page_cost": "1",
                    # Each statement is planned once. Otherwise PostgreSQL plans again and again for the values at hand
                    # as long as that seems cheaper, which can take longer than the statement.
                    "plan_cache_mode": "force_generic_plan",
                    # A process that was frozen within a transaction blocks others only briefly.
                    "idle_in_transaction_session_timeout": str(round(limit * 1000)),
                },
                reset=_keep,
            )
        except (*OUTAGES, *REFUSALS) as error:
            reason = f"The PostgreSQL of {name} at {_place(url)} does not answer: {_reason(error)}."
            raise Unavailable("The database does not answer.", reason=reason) from error
        return cls(pool)

    def shared_now_argument(self) -> int:
        """See `Database.shared_now_argument`: the difference from the clock of PostgreSQL, which all replicas share."""
        return round(turned() * 1000)

    async def fetch(self, row: type[R], sql: str, *args: Any) -> list[R]:
        async with _Borrowed(self) as connection:
            return await connection.fetch(row, sql, *args)

    async def fetchrow(self, row: type[R], sql: str, *args: Any) -> R | None:
        async with _Borrowed(self) as connection:
            return await connection.fetchrow(row, sql, *args)

    async def fetchval(self, value: type[R], sql: str, *args: Any) -> R | None:
        async with _Borrowed(self) as connection:
            return await connection.fetchval(value, sql, *args)

    async def try_to_write(self) -> None:
        await self.execute("CREATE TEMPORARY TABLE room ON COMMIT DROP AS SELECT 1 AS one")
        self.is_full = False

    async def execute(self, sql: str, *args: Any) -> int:
        async with _Borrowed(self) as connection:
            return await connection.execute(sql, *args)

    async def returning(self, row: type[R], sql: str, *args: Any) -> R | None:
        return await self.fetchrow(row, sql, *args)

    async def sizes(self) -> list[SizeRow]:
        """See `Database.sizes`: the estimate that PostgreSQL keeps."""
        sql = "SELECT CAST(relname AS TEXT) AS name, n_live_tup AS number FROM pg_stat_user_tables"
        return await self.fetch(SizeRow, sql)

    async def execute_guarded(self, statements: Sequence[str], *args: Any) -> int:
        *guards, last = (sql.replace("FROM guard", f"FROM guard{place}") for place, sql in enumerate(statements))
        named = ", ".join(f"guard{place} AS ({guard} RETURNING 1)" for place, guard in enumerate(guards, 1))
        return await self.execute(f"WITH {named} {last}", *args)

    async def fetchrow_guarded(self, row: type[R], guard: str, change: str, *args: Any) -> R | None:
        async with _Borrowed(self) as connection:
            return await connection.fetchrow_guarded(row, guard, change, *args)

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        return _Transaction(self)

    def next_id(self, table: str) -> str:
        """See `Database.next_id`."""
        return f"nextval(pg_get_serial_sequence('{table}', 'id'))"

    async def continue_after(self, connection: Connection, table: str, number: int) -> None:
        """See `Database.continue_after`."""
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        given = f"COALESCE(pg_sequence_last_value(CAST({sequence} AS REGCLASS)), 1)"  # some may not be committed yet
        await connection.fetchval(int, f"SELECT setval({sequence}, GREATEST(CAST($1 AS BIGINT), {given}))", number)

    async def close(self) -> None:
        self.is_closing = True  # an active statement returns its connection to the pool, which waits for it
        while self._at_hand:
            await self._pool.release(self._at_hand.pop().lent)
        await self._pool.close()

    def use(self) -> PoolUse:
        """The present use of the pool."""
        idle = self._pool.get_idle_size() + sum(each.is_open() for each in self._at_hand)
        return PoolUse(self._pool.get_size() - idle, idle, self._pool.get_max_size(), self._waits)

    async def borrow(self) -> PostgresConnection:
        """A connection for exclusive use, which the caller returns."""
        self._waits += self._turns.locked()
        await self._turns.acquire()
        try:
            if self._at_hand:
                connection = self._at_hand.pop()
                if connection.is_open():
                    return connection
                await self._pool.release(connection.lent)  # or else its place there might stay taken
            return PostgresConnection(await self._pool.acquire())
        except BaseException:
            self._turns.release()
            raise

    async def give_back(self, connection: PostgresConnection, *, failed: bool) -> None:
        """Have it at hand for the next one, unless something failed with it."""
        try:
            if failed or self.is_closing:
                await self._pool.release(connection.lent)
            else:
                self._at_hand.append(connection)
        finally:
            self._turns.release()


class _Borrowed:
    """A connection for a block alone.

    A server that is away is a 503 and a lost race for a unique value a 409; a wrong statement stays an error. Every
    statement passes here, and a generator as context manager would take a sixth of its processor time.
    """

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def __aenter__(self) -> PostgresConnection:
        try:
            self._connection = await self._database.borrow()
        except Exception as error:
            self._translate(error)
            raise
        return self._connection

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        try:
            await self._database.give_back(self._connection, failed=error is not None)
        except Exception as failure:
            self._translate(failure)
            raise
        if error is not None:
            self._translate(error)

    def _translate(self, error: BaseException) -> None:
        """Raises Conflict or Unavailable for an error that means it."""
        if isinstance(error, asyncpg.InterfaceError) and self._database.is_closing:
            raise Unavailable(CLOSING) from error
        if isinstance(error, asyncpg.UniqueViolationError):
            raise Conflict("Another request has just taken that value.") from error
        if isinstance(error, asyncpg.DiskFullError):
            self._database.is_full = True
            structlog.get_logger().error("database_unavailable", cause=type(error).__name__, why="the disk is full")
            raise Unavailable("The disk is full.") from error
        # A ValueError is asyncpg's DataError, which is an InterfaceError too: a wrong argument.
        if isinstance(error, OUTAGES) and not isinstance(error, ValueError):
            structlog.get_logger().error("database_unavailable", cause=type(error).__name__, why=_reason(error))
            raise Unavailable("The database does not answer.") from error


class _Transaction(_Borrowed):
    """A connection within a transaction, without the savepoints and isolation levels of asyncpg's own class."""

    async def __aenter__(self) -> PostgresConnection:
        connection = await super().__aenter__()
        try:
            await connection.lent.execute("BEGIN")
        except BaseException as error:
            await super().__aexit__(type(error), error, None)
            raise
        return connection

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        try:
            await self._connection.lent.execute("COMMIT" if error is None else "ROLLBACK")
        except BaseException as failure:
            await super().__aexit__(type(failure), failure, None)
            raise
        await super().__aexit__(kind, error, None)


def _place(url: str) -> str:
    """Host, port and database of an address, without user and password."""
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    host = options.get("host", [parts.netloc.rpartition("@")[2]])[-1] or "localhost"
    port = options.get("port", ["" if re.search(r":\d+$", host) else "5432"])[-1]
    database = options.get("dbname", [parts.path.lstrip("/")])[-1]
    return f"{host}:{port}".rstrip(":") + (f", database {database}," if database else "")


def _reason(error: BaseException) -> str:
    """The reason for a failed connection in a few words.

    A reason from the server contains at most the name of the user.
    """
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, ssl.SSLError):  # an OSError, whose number is that of no system call
        return str(getattr(error, "verify_message", "") or error.reason or "TLS failed")
    if isinstance(error, OSError):
        cause = next((each for each in getattr(error, "exceptions", ()) if each.errno), error)
        return os.strerror(cause.errno).lower() if cause.errno and cause.errno > 0 else "the host has no address"
    return str(error).partition("\n")[0] if isinstance(error, asyncpg.PostgresError) else type(error).__name__


async def _keep(connection: asyncpg.Connection) -> None:
    """Nothing: statements leave no settings, cursors or locks behind, which asyncpg resets by a query each time."""

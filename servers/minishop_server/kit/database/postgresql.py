"""PostgreSQL: a pool of connections, which a restart of the server does not wear out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, cast

import asyncpg
import structlog

from ..problems import Conflict, Unavailable
from ..settings import DatabaseSettings
from .protocols import Connection, Row

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
        self._any = _PostgresConnection(pool)

    @classmethod
    async def connect(cls, url: str, settings: DatabaseSettings, name: str) -> PostgresDatabase:
        """Open the first connection; `name` is what the server calls it by.

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
                command_timeout=limit + 1,  # where nobody answers, not even that it took too long
                server_settings={
                    "application_name": f"minishop-{name}",
                    "statement_timeout": str(round(limit * 1000)),
                    # A process that was frozen within a transaction holds up nobody for long.
                    "idle_in_transaction_session_timeout": str(round(limit * 1000)),
                },
                reset=_keep,
            )
        except (*OUTAGES, *REFUSALS) as error:
            raise Unavailable(f"The PostgreSQL of {name} does not answer.") from error
        return cls(pool)

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        with _translated():
            return await self._any.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        with _translated():
            return await self._any.fetchrow(sql, *args)

    async def execute(self, sql: str, *args: Any) -> int:
        with _translated():
            return await self._any.execute(sql, *args)

    async def returning(self, sql: str, *args: Any) -> Row | None:
        return await self.fetchrow(sql, *args)

    async def execute_guarded(self, guard: str, change: str, *args: Any) -> int:
        with _translated():
            return await self._any.execute(f"WITH guard AS ({guard} RETURNING 1) {change}", *args)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        with _translated():
            async with self._pool.acquire() as connection, connection.transaction():
                yield _PostgresConnection(connection)

    async def close(self) -> None:
        await self._pool.close()


async def _keep(connection: asyncpg.Connection) -> None:
    """Nothing: statements leave no settings, cursors or locks behind, which asyncpg resets by a query each time."""


@contextmanager
def _translated() -> Iterator[None]:
    """A server that is away is a 503 and a lost race for a unique value a 409; a wrong statement stays an error."""
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        raise Conflict("Another request has just taken that value.") from error
    except OUTAGES as error:
        if isinstance(error, ValueError):  # asyncpg's DataError, an InterfaceError too: a wrong argument
            raise
        structlog.get_logger().error("database_unavailable", cause=type(error).__name__)
        raise Unavailable("The database does not answer.") from error

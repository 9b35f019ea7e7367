"""The common interface of the two databases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Literal, Protocol, TypedDict, TypeVar

R = TypeVar("R")
"""The type of a row, or of a value: mypy alone reads it, so that it costs nothing at run time."""
System = Literal["sqlite", "postgresql"]
"""The name by which OpenTelemetry knows the kind of a database."""
CLOSING = "The database is being closed."


class NameRow(TypedDict):
    name: str


class SizeRow(TypedDict):
    """A table and the number of its rows."""

    name: str
    number: int


class Connection(Protocol):
    """Where statements run.

    A row is read by the names of its columns, and its type is a `TypedDict` with just these:

        row = await connection.fetchrow(ProductRow, "SELECT id, name FROM products WHERE id = $1", 7)

    The tests compare the rows of each statement with the type that is named for them.
    """

    async def fetch(self, row: type[R], sql: str, *args: Any) -> list[R]:
        """All rows."""
        ...

    async def fetchrow(self, row: type[R], sql: str, *args: Any) -> R | None:
        """The first row, if there is one."""
        ...

    async def fetchval(self, value: type[R], sql: str, *args: Any) -> R | None:
        """The first column of the first row, if there is one and it is not NULL."""
        ...

    async def execute(self, sql: str, *args: Any) -> int:
        """Run a statement and return the number of changed rows."""
        ...

    async def fetchrow_guarded(self, row: type[R], guard: str, change: str, *args: Any) -> R | None:
        """Run two statements that write, and return the row of the first, or None if it changed none.

        `guard` changes one row or none, and has a `RETURNING`. `change` reads `FROM guard`, which holds a row if there
        was one. No other change of the guard may matter to it, because PostgreSQL runs both as one statement, in one
        round trip.
        """
        ...


class Database(Connection, Protocol):
    """The database of one service.

    Outside of a transaction, `fetch`, `fetchrow` and `fetchval` only read, and see the data that was committed before
    they began. `execute` commits.
    """

    system: System

    is_full: bool
    """Whether a write found the disk full, and `try_to_write` none since that found room."""

    shared_now: str
    """SQL of the milliseconds since 1970, by a clock that all processes with this database share; `$1` stands in it for
    `shared_now_argument()`.
    """

    def shared_now_argument(self) -> int:
        """The value of `$1` for a statement that contains `shared_now`."""
        ...

    async def try_to_write(self) -> None:
        """Write and remove data that takes space.

        Raises Unavailable if the disk is full.
        """
        ...

    async def returning(self, row: type[R], sql: str, *args: Any) -> R | None:
        """Run and commit a writing statement, and return the first row of its `RETURNING`, if any."""
        ...

    async def execute_guarded(self, statements: Sequence[str], *args: Any) -> int:
        """Run statements that write, commit them together, and return the number of rows that the last one changed.

        Each but the last changes one row or none, and is the guard of the next: see `fetchrow_guarded`.
        """
        ...

    async def sizes(self) -> list[SizeRow]:
        """An estimate of the number of rows of each table, which takes no longer for large tables."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """Commits at the end of the block, rolls back when an exception leaves it."""
        ...

    def next_id(self, table: str) -> str:
        """SQL of the number that the next row of a table takes, where the table `numbers` may have raised it."""
        ...

    async def continue_after(self, connection: Connection, table: str, number: int) -> None:
        """Let the next row of a table take a higher number than this one."""
        ...

    async def close(self) -> None:
        """Finish the transactions that are under way, and raise Unavailable for later statements."""
        ...


def columns(row: type) -> str:
    """The columns of a type of rows, as a statement names them."""
    return ", ".join(row.__annotations__)


def places(first: int, values: Collection[object]) -> str:
    """`$4, $5, …`, one for each value."""
    return ", ".join(f"${place}" for place in range(first, first + len(values)))

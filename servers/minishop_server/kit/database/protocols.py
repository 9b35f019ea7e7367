"""What the two databases have in common."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

Row = Mapping[str, Any]


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

    is_full: bool
    """Whether a write found the disk full, and `try_to_write` none since that found room."""

    async def try_to_write(self) -> None:
        """Write something that takes room, and take it back. Raises Unavailable where the disk is full."""
        ...

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        """All rows of a statement that only reads."""
        ...

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        """The first of them, if there is one."""
        ...

    async def execute(self, sql: str, *args: Any) -> int:
        """A statement that writes, committed; how many rows it touched."""
        ...

    async def returning(self, sql: str, *args: Any) -> Row | None:
        """A statement that writes, committed; the first row of its `RETURNING`, if there is one."""
        ...

    async def execute_guarded(self, guard: str, change: str, *args: Any) -> int:
        """Two statements that write, committed together; how many rows the second touched.

        `guard` touches one row or none, and `change` reads `FROM guard`, which holds a row where it did. Nothing else
        that the guard changed may matter to it: PostgreSQL runs both as one statement, in one round trip.
        """
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

    async def close(self) -> None: ...

"""The numbers that a service gives out, and whether they are ahead of those that other services know.

A database that was restored from a backup, or a replica that lagged behind at a failover, has forgotten rows that
others refer to, and would give their numbers to other things. So each service that numbers things is told the highest
number that others know. While its own database is below that, it does not become ready; `minishop recover` raises its
numbers above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from ..ids import Numbering
from ..problems import Unavailable
from .protocols import Database

LOOK_SECONDS = 5.0
"""Seconds between two reads of the numbers that another replica received."""
PLAIN = Numbering("", 1, str, int)
"""Ids that are the numbers of rows."""
JUMP = 1_000_000
"""Places that a feed goes forward at a recovery: more than were read since any backup that is worth restoring."""


class NumbersBehind(Unavailable):
    """Other services know higher numbers than the database."""

    def __init__(self, service: str) -> None:
        super().__init__(
            f"Other services know higher numbers than the database of {service}, as after a restore."
            f" Raise its numbers above them: minishop recover {service}"
        )


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbers of a service: a table whose `id` others know, a feed that they follow, and the form of ids."""

    service: str
    table: str
    feed: str | None = None
    numbering: Numbering[Any, Any] = PLAIN


class KnownRow(TypedDict):
    """The highest row that other services know, and the highest that is there."""

    known: int
    given: int


class Numbers:
    """The numbers of one service.

    Args:
        on_behind: called with the reason once others turn out to know higher numbers.
    """

    def __init__(self, database: Database, numbered: Numbered, on_behind: Callable[[Unavailable], None]) -> None:
        self._database, self._numbered, self._on_behind = database, numbered, on_behind

    async def learn(self, highest: int) -> None:
        """Store that other services know the row `highest`, for all replicas and later starts."""
        await self._database.execute("UPDATE numbers SET known = $1 WHERE known < $1", highest)
        await self.look()

    async def look(self) -> None:
        """Step back where others know a higher number, which another replica may have been told."""
        try:
            await self.require_ahead()
        except NumbersBehind as behind:
            self._on_behind(behind)

    async def require_ahead(self) -> None:
        """Raises NumbersBehind where others know a higher number than this database has given out."""
        if await _is_behind(self._database, self._numbered.table):
            raise NumbersBehind(self._numbered.service)


async def recover(database: Database, numbered: Numbered, above: int = 0) -> tuple[bool, int]:
    """Give out higher numbers than others know, and than the row `above`; whether that was necessary, and the highest
    row that they know.
    """
    async with database.transaction() as connection:
        await connection.execute("UPDATE numbers SET known = $1 WHERE known < $1", above)
    was_behind = await _is_behind(database, numbered.table)
    async with database.transaction() as connection:
        row = await connection.fetchrow(
            KnownRow, f"SELECT known, COALESCE((SELECT MAX(id) FROM {numbered.table}), 0) AS given FROM numbers"
        )
        assert row is not None
        floor = max(row["known"], row["given"])
        await connection.execute("UPDATE numbers SET floor = $1", floor)
        if numbered.feed is not None:
            await connection.execute(f"UPDATE {numbered.feed} SET last = last + {JUMP}")
        if floor:
            await database.continue_after(connection, numbered.table, floor)
    return was_behind, row["known"]


async def highest_order(database: Database, table: str) -> int:
    """The highest number of an order with an identity in a table that names orders by `order_id`, or 0."""
    number = await database.fetchval(
        int,
        f"""
        SELECT CAST(SUBSTR(order_id, 5) AS INTEGER)
        FROM {table}
        WHERE order_identity IS NOT NULL
        ORDER BY CAST(SUBSTR(order_id, 5) AS INTEGER) DESC
        LIMIT 1
        """,
    )
    return number or 0


async def _is_behind(database: Database, table: str) -> bool:
    sql = f"SELECT 1 FROM numbers WHERE known > floor AND known > COALESCE((SELECT MAX(id) FROM {table}), 0)"
    return await database.fetchval(int, sql) is not None

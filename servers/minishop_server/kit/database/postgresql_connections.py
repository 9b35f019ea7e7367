"""Connections to PostgreSQL, as stores use them."""

from __future__ import annotations

from typing import Any

import asyncpg

from .protocols import R


class PostgresConnection:
    """Runs statements on a connection that asyncpg's pool lends."""

    def __init__(self, lent: Any) -> None:
        self.lent = lent
        """The stand-in for a connection that asyncpg's pool lends."""

    async def fetch(self, row: type[R], sql: str, *args: Any) -> list[R]:
        found: list[R] = await self.lent.fetch(sql, *args)
        return found

    async def fetchrow(self, row: type[R], sql: str, *args: Any) -> R | None:
        found: R | None = await self.lent.fetchrow(sql, *args)
        return found

    async def fetchval(self, value: type[R], sql: str, *args: Any) -> R | None:
        found: R | None = await self.lent.fetchval(sql, *args)
        return found

    async def execute(self, sql: str, *args: Any) -> int:
        tag: str = await self.lent.execute(sql, *args)  # for example "UPDATE 1"
        count = tag.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    async def fetchrow_guarded(self, row: type[R], guard: str, change: str, *args: Any) -> R | None:
        sql = f"WITH guard AS ({guard}), change AS ({change}) SELECT * FROM guard"
        return await self.fetchrow(row, sql, *args)

    def is_open(self) -> bool:
        try:
            return not self.lent.is_closed()
        except asyncpg.InterfaceError:  # it was cut, and the pool took it back
            return False

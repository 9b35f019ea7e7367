"""All the SQL of failed sign-ins, and of the addresses that users signed in from."""

from __future__ import annotations

from typing import TypedDict

from ....kit.database import Connection, Database, delete_in_parts
from ....kit.ids import UserId
from ..unix_seconds import UnixSeconds

EVERYWHERE = ""
"""The address of the row that counts a name from all addresses."""


class CountRow(TypedDict):
    """Failures in a window, and when that ends."""

    failures: int
    ends: UnixSeconds


class Store:
    """Counts that end, by the hashes of a name and an address."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def count(
        self, connection: Connection, name: str, address: str, cap: int, now: UnixSeconds, seconds: int
    ) -> CountRow | None:
        """One more, begun anew where the window is over; None at the cap.

        One statement: concurrent ones queue for the row, and each sees the result of the previous one.
        """
        return await connection.fetchrow(
            CountRow,
            """
            INSERT INTO attempts (name, address, failures, ends)
            VALUES ($1, $2, 1, $3)
            ON CONFLICT (name, address) DO UPDATE SET
                failures = CASE WHEN attempts.ends <= $4 THEN 1 ELSE attempts.failures + 1 END,
                ends = CASE WHEN attempts.ends <= $4 THEN excluded.ends ELSE attempts.ends END
            WHERE attempts.ends <= $4 OR attempts.failures < $5
            RETURNING failures, ends
            """,
            name,
            address,
            now + seconds,
            now,
            cap,
        )

    async def ends(self, connection: Connection, name: str, address: str) -> UnixSeconds:
        """When a window that is there ends."""
        sql = "SELECT ends FROM attempts WHERE name = $1 AND address = $2"
        ends = await connection.fetchval(UnixSeconds, sql, name, address)
        assert ends is not None
        return ends

    async def take_back(self, connection: Connection, name: str, address: str, ends: UnixSeconds) -> None:
        """One less, in the window that it was counted in."""
        await connection.execute(
            """
            UPDATE attempts
            SET failures = failures - 1
            WHERE name = $1 AND address = $2 AND ends = $3 AND failures > 0
            """,
            name,
            address,
            ends,
        )

    async def forget(self, connection: Connection, name: str) -> None:
        """Nothing was counted for this name."""
        await connection.execute("DELETE FROM attempts WHERE name = $1", name)

    async def clean(self, now: UnixSeconds) -> None:
        """Delete expired rows."""
        await delete_in_parts(self.database, "attempts", "name, address", "WHERE ends <= $1", now)

    async def is_known(self, user_id: UserId, address: str) -> bool:
        """Whether the user signed in from there before."""
        sql = "SELECT 1 FROM known_addresses WHERE user_id = $1 AND address = $2"
        return await self.database.fetchval(int, sql, user_id, address) is not None

    async def remember(
        self, connection: Connection, user_id: UserId, address: str, now: UnixSeconds, keep: int
    ) -> None:
        """Store that the user signed in from an address, and keep only the latest `keep` addresses."""
        await connection.execute(
            """
            INSERT INTO known_addresses (user_id, address, seen)
            VALUES ($1, $2, $3)
            ON CONFLICT (user_id, address) DO UPDATE SET seen = excluded.seen
            """,
            user_id,
            address,
            now,
        )
        await connection.execute(
            """
            DELETE FROM known_addresses
            WHERE user_id = $1 AND address NOT IN (
                SELECT address FROM known_addresses WHERE user_id = $1 ORDER BY seen DESC, address LIMIT $2
            )
            """,
            user_id,
            keep,
        )

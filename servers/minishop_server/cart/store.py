"""All the SQL of Cart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..kit.database import Connection, Database, Row


class Store:
    """The lines of each user's cart."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def lines(self, user_id: int) -> list[Row]:
        """In the order they were added."""
        return await self.database.fetch(
            "SELECT product_id, quantity FROM cart_lines WHERE user_id = $1 ORDER BY position",
            user_id,
        )

    async def quantity(self, user_id: int, product_id: int) -> int | None:
        """The quantity of a line, if the cart has it."""
        row = await self.database.fetchrow(
            "SELECT quantity FROM cart_lines WHERE user_id = $1 AND product_id = $2",
            user_id,
            product_id,
        )
        return None if row is None else row["quantity"]

    async def add(self, user_id: int, product_id: int, quantity: int, *, most_lines: int, most_pieces: int) -> bool:
        """Add pieces, to the line where there is one; false where that would go over a limit."""
        async with self._edit(user_id) as connection:
            place = await connection.fetchrow(
                "SELECT COUNT(*) AS lines, COALESCE(MAX(position), 0) + 1 AS position"
                " FROM cart_lines WHERE user_id = $1 AND product_id <> $2",
                user_id,
                product_id,
            )
            assert place is not None
            if place["lines"] >= most_lines:
                return False
            changed = await connection.execute(
                "INSERT INTO cart_lines (user_id, product_id, quantity, position)"
                " VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, product_id)"
                " DO UPDATE SET quantity = cart_lines.quantity + EXCLUDED.quantity"
                " WHERE cart_lines.quantity + EXCLUDED.quantity <= $5",
                user_id,
                product_id,
                quantity,
                place["position"],
                most_pieces,
            )
            return changed == 1

    async def set_quantity(self, user_id: int, product_id: int, quantity: int) -> bool:
        """Whether there was such a line."""
        async with self._edit(user_id) as connection:
            changed = await connection.execute(
                "UPDATE cart_lines SET quantity = $3 WHERE user_id = $1 AND product_id = $2",
                user_id,
                product_id,
                quantity,
            )
        return changed == 1

    async def remove(self, user_id: int, product_id: int) -> bool:
        """Whether there was such a line."""
        async with self._edit(user_id) as connection:
            removed = await connection.execute(
                "DELETE FROM cart_lines WHERE user_id = $1 AND product_id = $2", user_id, product_id
            )
        return removed == 1

    async def clear(self, user_id: int) -> None:
        """Remove all lines."""
        async with self._edit(user_id) as connection:
            await connection.execute("DELETE FROM cart_lines WHERE user_id = $1", user_id)

    @asynccontextmanager
    async def _edit(self, user_id: int) -> AsyncIterator[Connection]:
        async with self.database.transaction() as connection:
            await connection.execute(
                "INSERT INTO carts (user_id) VALUES ($1)"
                " ON CONFLICT (user_id) DO UPDATE SET version = carts.version + 1",
                user_id,
            )
            yield connection

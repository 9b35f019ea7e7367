"""All the SQL of Cart."""

from __future__ import annotations

from dataclasses import dataclass

from ..kit.database import Database, Row

TOUCH = "INSERT INTO carts (user_id) VALUES ($1) ON CONFLICT (user_id) DO UPDATE SET version = carts.version + 1"
"""Every change gives the cart a new version."""


@dataclass(frozen=True, slots=True)
class Cart:
    """A cart as it was at a version; 0 where nobody has begun it yet."""

    version: int
    lines: list[Row]


class Store:
    """The lines of each user's cart."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def cart(self, user_id: int) -> Cart:
        """As it is now, its lines in the order they were added."""
        rows = await self.database.fetch(
            "SELECT carts.version, product_id, quantity, position"
            " FROM carts LEFT JOIN cart_lines ON cart_lines.user_id = carts.user_id"
            " WHERE carts.user_id = $1 ORDER BY position",
            user_id,
        )
        return Cart(rows[0]["version"] if rows else 0, [row for row in rows if row["product_id"] is not None])

    async def lines(self, user_id: int) -> list[Row]:
        """In the order they were added."""
        return (await self.cart(user_id)).lines

    async def quantity(self, user_id: int, product_id: int) -> int | None:
        """The quantity of a line, if the cart has it."""
        row = await self.database.fetchrow(
            "SELECT quantity FROM cart_lines WHERE user_id = $1 AND product_id = $2",
            user_id,
            product_id,
        )
        return None if row is None else row["quantity"]

    async def add(
        self,
        user_id: int,
        product_id: int,
        quantity: int,
        *,
        most_lines: int,
        most_pieces: int,
        known: Cart | None = None,
    ) -> list[Row] | None:
        """Add pieces, to the line where there is one; the lines thereafter, None where that would go over a limit.

        It is written only while the cart is at the version that it was decided upon. Where another request comes
        between, it is decided anew; `known`, which the caller has just read, spares the first reading.
        """
        cart = known or await self.cart(user_id)
        while True:
            lines = {row["product_id"]: row for row in cart.lines}
            old = lines.get(product_id)
            total = quantity + (old["quantity"] if old else 0)
            if total > most_pieces or (old is None and len(lines) >= most_lines):
                return None
            position = old["position"] if old else 1 + max((row["position"] for row in cart.lines), default=0)
            written = await self.database.execute_guarded(
                "INSERT INTO carts (user_id) VALUES ($1) ON CONFLICT (user_id)"
                " DO UPDATE SET version = carts.version + 1 WHERE carts.version = $2",
                "INSERT INTO cart_lines (user_id, product_id, quantity, position)"
                " SELECT $1, $3, $4, $5 FROM guard WHERE TRUE"  # SQLite takes ON for that of a join without WHERE
                " ON CONFLICT (user_id, product_id) DO UPDATE SET quantity = EXCLUDED.quantity",
                user_id,
                cart.version,
                product_id,
                total,
                position,
            )
            if written:
                lines[product_id] = {"product_id": product_id, "quantity": total, "position": position}
                return list(lines.values())
            cart = await self.cart(user_id)

    async def set_quantity(self, user_id: int, product_id: int, quantity: int) -> bool:
        """Whether there was such a line."""
        changed = await self.database.execute_guarded(
            TOUCH,
            "UPDATE cart_lines SET quantity = $3"
            " WHERE user_id = $1 AND product_id = $2 AND EXISTS (SELECT 1 FROM guard)",
            user_id,
            product_id,
            quantity,
        )
        return changed == 1

    async def remove(self, user_id: int, product_id: int) -> bool:
        """Whether there was such a line."""
        removed = await self.database.execute_guarded(
            TOUCH,
            "DELETE FROM cart_lines WHERE user_id = $1 AND product_id = $2 AND EXISTS (SELECT 1 FROM guard)",
            user_id,
            product_id,
        )
        return removed == 1

    async def clear(self, user_id: int) -> None:
        """Remove all lines."""
        await self.database.execute_guarded(
            TOUCH, "DELETE FROM cart_lines WHERE user_id = $1 AND EXISTS (SELECT 1 FROM guard)", user_id
        )

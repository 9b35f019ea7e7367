"""All the SQL of Payments."""

from __future__ import annotations

from ..kit.database import Database, Row
from ..kit.values import now

PAYMENT = "id, order_id, amount, method, status, created_at"


class Store:
    """Payments, in cents, one for each order."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open(self, order_id: str, amount: int, method: str) -> tuple[Row, bool]:
        """The payment of the order, and whether this call made it."""
        new = await self.database.returning(
            "INSERT INTO payments (order_id, amount, method, status, created_at)"
            " VALUES ($1, $2, $3, 'pending', $4)"
            f" ON CONFLICT (order_id) DO NOTHING RETURNING {PAYMENT}",
            order_id,
            amount,
            method,
            now(),
        )
        row = new or await self.database.fetchrow(f"SELECT {PAYMENT} FROM payments WHERE order_id = $1", order_id)
        assert row is not None
        return row, new is not None

    async def settle(self, payment: int, status: str) -> Row:
        """Record the provider's answer; the first one stands."""
        settled = await self.database.returning(
            f"UPDATE payments SET status = $2 WHERE id = $1 AND status = 'pending' RETURNING {PAYMENT}",
            payment,
            status,
        )
        row = settled or await self.database.fetchrow(f"SELECT {PAYMENT} FROM payments WHERE id = $1", payment)
        assert row is not None
        return row

    async def payment(self, payment: int) -> Row | None:
        """A payment that the provider has answered."""
        return await self.database.fetchrow(
            f"SELECT {PAYMENT} FROM payments WHERE id = $1 AND status <> 'pending'", payment
        )

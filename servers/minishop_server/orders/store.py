"""All the SQL of Orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..kit.database import Connection, Database, Row
from ..kit.values import now

ORDER = (
    "id, user_id, status, total, payment_method, payment_token, address, carrier, email,"
    " idempotency_key, request_hash, payment_id, tracking_id, reason, confirmed, created_at"
)


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of one product; the price of one, in cents."""

    product_id: int
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What an order is made from; the total in cents."""

    user_id: int
    total: int
    payment_method: str
    payment_token: str | None
    address: str
    carrier: str
    email: str
    idempotency_key: str | None
    request_hash: str
    lines: Sequence[Line]


class Store:
    """Orders and their lines."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def add(self, order: NewOrder) -> Row | None:
        """The new order, pending; None where the user has one with this key."""
        async with self.database.transaction() as connection:
            row = await connection.fetchrow(
                "INSERT INTO orders (user_id, status, total, payment_method, payment_token,"
                " address, carrier, email, idempotency_key, request_hash, created_at)"
                " VALUES ($1, 'pending', $2, $3, $4, $5, $6, $7, $8, $9, $10)"
                f" ON CONFLICT (user_id, idempotency_key) DO NOTHING RETURNING {ORDER}",
                order.user_id,
                order.total,
                order.payment_method,
                order.payment_token,
                order.address,
                order.carrier,
                order.email,
                order.idempotency_key,
                order.request_hash,
                now(),
            )
            if row is not None:
                await _add_lines(connection, row["id"], order.lines)
        return row

    async def order(self, order: int) -> Row | None:
        return await self.database.fetchrow(f"SELECT {ORDER} FROM orders WHERE id = $1", order)

    async def order_of_key(self, user_id: int, key: str) -> Row | None:
        return await self.database.fetchrow(
            f"SELECT {ORDER} FROM orders WHERE user_id = $1 AND idempotency_key = $2", user_id, key
        )

    async def orders(self, user_id: int, limit: int, before: int | None) -> list[Row]:
        """A user's orders, the newest first."""
        return await self.database.fetch(
            f"SELECT {ORDER} FROM orders"
            " WHERE user_id = $1 AND (CAST($2 AS INTEGER) IS NULL OR id < $2)"
            " ORDER BY id DESC LIMIT $3",
            user_id,
            before,
            limit,
        )

    async def lines(self, orders: Sequence[int]) -> dict[int, list[Row]]:
        """The lines of each of these orders."""
        found: dict[int, list[Row]] = {order: [] for order in orders}
        if found:
            places = ", ".join(f"${number}" for number in range(1, len(orders) + 1))
            rows = await self.database.fetch(
                "SELECT order_id, product_id, quantity, price FROM order_lines"
                f" WHERE order_id IN ({places}) ORDER BY order_id, position",
                *orders,
            )
            for row in rows:
                found[row["order_id"]].append(row)
        return found

    async def unfinished(self, before: str) -> list[Row]:
        """Orders begun before a time and neither settled nor confirmed, the oldest first."""
        return await self.database.fetch(
            f"SELECT {ORDER} FROM orders"
            " WHERE (status = 'pending' OR (status = 'paid' AND confirmed = 0))"
            " AND created_at < $1 ORDER BY id LIMIT 100",
            before,
        )

    async def paid(self, order: int, payment_id: str) -> Row:
        """Record the charge."""
        return await self._settle(order, "paid", payment_id=payment_id)

    async def declined(self, order: int, payment_id: str) -> Row:
        """Record that the payment was declined."""
        return await self._settle(order, "payment_failed", payment_id=payment_id)

    async def cancelled(self, order: int, reason: str) -> Row:
        """Record that the stock was short."""
        return await self._settle(order, "cancelled", reason=reason)

    async def _settle(
        self, order: int, status: str, *, payment_id: str | None = None, reason: str | None = None
    ) -> Row:
        # The first outcome stands, whoever comes late with another.
        await self._update(
            order,
            "status = $2, payment_id = $3, reason = $4, payment_token = NULL",
            "status = 'pending'",
            status,
            payment_id,
            reason,
        )
        row = await self.order(order)
        assert row is not None
        return row

    async def shipped(self, order: int, tracking_id: str) -> None:
        """Record the parcel."""
        await self._update(order, "tracking_id = $2", "tracking_id IS NULL", tracking_id)

    async def confirmed(self, order: int) -> None:
        """Record that the customer was told."""
        await self._update(order, "confirmed = 1", "confirmed = 0")

    async def _update(self, order: int, change: str, condition: str, *args: Any) -> None:
        await self.database.execute(f"UPDATE orders SET {change} WHERE id = $1 AND {condition}", order, *args)


async def _add_lines(connection: Connection, order: int, lines: Sequence[Line]) -> None:
    for position, line in enumerate(lines):
        await connection.execute(
            "INSERT INTO order_lines (order_id, product_id, quantity, price, position) VALUES ($1, $2, $3, $4, $5)",
            order,
            line.product_id,
            line.quantity,
            line.price,
            position,
        )

"""All the SQL of refunds and returns.

Each change runs in a transaction of the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypedDict
from uuid import uuid4

from ....kit.clock import Timestamp, now
from ....kit.database import Connection, Database, columns, places
from ....kit.ids import OrderNumber, ProductId
from ....kit.money import Cents


class RefundRow(TypedDict):
    """Money that was promised back, and whether it was `paid`."""

    id: int
    payment_key: str
    order_id: OrderNumber
    amount: Cents
    reason: str | None
    idempotency_key: str | None
    request_hash: str
    paid: int
    created_at: Timestamp


class CostRow(TypedDict):
    """The price of the pieces of a line that come back."""

    amount: Cents


REFUND = columns(RefundRow)


class Store:
    """Refunds, and the pieces of orders that are sent back."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def take_back(
        self, connection: Connection, order: OrderNumber, wanted: Mapping[ProductId, int] | None
    ) -> bool:
        """Mark pieces (by product) as being returned, and return False if too few are left.

        None as the pieces means all remaining ones.
        """
        if wanted is None:
            all_left = await connection.execute(
                """
                UPDATE order_lines
                SET returning_now = quantity - returned
                WHERE order_id = $1 AND quantity - returned > 0
                """,
                order,
            )
            return all_left > 0
        for product_id, quantity in wanted.items():
            marked = await connection.execute(
                """
                UPDATE order_lines
                SET returning_now = $3
                WHERE order_id = $1 AND product_id = $2 AND quantity - returned >= $3
                """,
                order,
                product_id,
                quantity,
            )
            if not marked:
                return False
        return True

    async def taken_back(self, connection: Connection, order: OrderNumber) -> Cents:
        """Record that the marked pieces came back, and return their price."""
        rows = await connection.fetch(
            CostRow,
            "SELECT returning_now * CAST(price AS BIGINT) AS amount FROM order_lines WHERE order_id = $1",
            order,
        )
        await connection.execute(
            """
            UPDATE order_lines
            SET returned = returned + returning_now, returning_now = 0
            WHERE order_id = $1
            """,
            order,
        )
        return Cents(sum(row["amount"] for row in rows))

    async def book(
        self,
        connection: Connection,
        order: OrderNumber,
        amount: Cents,
        *,
        states: Collection[str],
        reason: str | None = None,
        key: str | None = None,
        request_hash: str = "",
    ) -> RefundRow | None:
        """Promise money back, never more than is left; None where it is not.

        Raises:
            Conflict: there is a refund with this key.
        """
        covered = await connection.execute(
            f"""
            UPDATE orders
            SET refunded = refunded + $2, updated_at = $3
            WHERE id = $1 AND refunded + $2 <= total AND status IN ({places(4, states)})
            """,
            order,
            amount,
            now(),
            *states,
        )
        if not covered:
            return None
        return await connection.fetchrow(
            RefundRow,
            f"""
            INSERT INTO refunds (order_id, amount, reason, idempotency_key, request_hash, created_at, payment_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            RETURNING {REFUND}
            """,
            order,
            amount,
            reason,
            key,
            request_hash,
            now(),
            str(uuid4()),
        )

    async def of_key(self, order: OrderNumber, key: str) -> RefundRow | None:
        sql = f"SELECT {REFUND} FROM refunds WHERE order_id = $1 AND idempotency_key = $2"
        return await self.database.fetchrow(RefundRow, sql, order, key)

    async def due(self, order: OrderNumber) -> list[RefundRow]:
        """Refunds that were promised and not made yet."""
        sql = f"SELECT {REFUND} FROM refunds WHERE order_id = $1 AND paid = 0"
        return await self.database.fetch(RefundRow, sql, order)

    async def made(self, connection: Connection, refund: int) -> None:
        await connection.execute("UPDATE refunds SET paid = 1 WHERE id = $1", refund)

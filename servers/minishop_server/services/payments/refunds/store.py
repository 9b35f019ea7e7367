"""All the SQL of refunds, with amounts in cents."""

from __future__ import annotations

from ....kit.clock import now
from ....kit.database import Database, columns
from ....kit.idempotency import digest
from ....kit.money import Cents
from ....kit.outbox import Transaction
from ..ids import REFUNDS, PaymentNumber, RefundNumber
from ..ledger.store import book
from ..rows import PaymentRow, RefundRow
from ..state_machine import OUTCOMES

REFUND = columns(RefundRow)
VOID_KEY = "(void)"
"""Names the refund of a payment that is voided, and no caller can write it."""


class Store:
    """Refunds: each is promised first, and done when the provider has confirmed it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, connection: Transaction, payment: PaymentNumber, key: str, amount: Cents, reason: str | None
    ) -> tuple[RefundRow | None, bool]:
        """The refund of this key, or none if it exceeds the capture, and whether this call promised it."""
        new = await connection.fetchrow(
            RefundRow,
            f"""
            INSERT INTO refunds (payment_id, idempotency_key, amount, reason, created_at, provider_key)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (payment_id, idempotency_key) DO NOTHING
            RETURNING {REFUND}
            """,
            payment,
            key,
            amount,
            reason,
            now(),
            digest(key)[:32],
        )
        if new is None:
            sql = f"SELECT {REFUND} FROM refunds WHERE payment_id = $1 AND idempotency_key = $2"
            return await connection.fetchrow(RefundRow, sql, payment, key), False
        covered = await connection.execute(
            """
            UPDATE payments
            SET promised = promised + $2
            WHERE id = $1 AND state = 'captured' AND captured - promised >= $2
            """,
            payment,
            amount,
        )
        if not covered:
            await connection.execute("DELETE FROM refunds WHERE id = $1", new["id"])
            return None, False
        connection.add("refund", REFUNDS.id(new["id"]))
        return new, True

    async def add_rest(self, connection: Transaction, payment: PaymentRow) -> None:
        """Promise a refund of the captured amount that was not promised yet."""
        rest = (payment["captured"] or 0) - payment["promised"]
        if not rest:
            return
        refund = await connection.fetchval(
            int,
            """
            INSERT INTO refunds (payment_id, idempotency_key, provider_key, amount, reason, created_at)
            VALUES ($1, $2, 'void', $3, 'voided', $4)
            RETURNING id
            """,
            payment["id"],
            VOID_KEY,
            rest,
            now(),
        )
        assert refund is not None
        await connection.execute("UPDATE payments SET promised = captured WHERE id = $1", payment["id"])
        connection.add("refund", REFUNDS.id(RefundNumber(refund)))

    async def refund(self, refund: RefundNumber) -> RefundRow:
        """A refund that there is."""
        row = await self._database.fetchrow(RefundRow, f"SELECT {REFUND} FROM refunds WHERE id = $1", refund)
        assert row is not None
        return row

    async def open(self, payment: PaymentNumber) -> list[RefundRow]:
        """The refunds that the provider has not confirmed yet."""
        sql = f"SELECT {REFUND} FROM refunds WHERE payment_id = $1 AND done = 0 ORDER BY id"
        return await self._database.fetch(RefundRow, sql, payment)

    async def record(self, connection: Transaction, refund: RefundRow) -> None:
        """The provider confirmed a refund."""
        if not await connection.execute("UPDATE refunds SET done = 1 WHERE id = $1 AND done = 0", refund["id"]):
            return
        await connection.execute(
            "UPDATE payments SET refunded = refunded + $2 WHERE id = $1", refund["payment_id"], refund["amount"]
        )
        await book(connection, refund["payment_id"], "refund", refund["amount"], refund["id"])
        connection.count(OUTCOMES, "refunded")

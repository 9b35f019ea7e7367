"""All the SQL of the ledger, an append-only table of amounts in cents."""

from __future__ import annotations

from ....kit.clock import now
from ....kit.database import Connection, Database
from ....kit.money import Cents
from ..ids import PaymentNumber, RefundNumber
from ..rows import Kind, LedgerRow

BOOK_CAPTURE = """
    INSERT INTO ledger (payment_id, kind, amount, created_at)
    SELECT id, 'capture', amount, CAST($2 AS TEXT)
    FROM payments
    WHERE id = $1 AND EXISTS (SELECT 1 FROM guard)
"""
"""Adds the capture of the payment `$1` at the time `$2`, behind the guard that records it."""


async def book(
    connection: Connection, payment: PaymentNumber, kind: Kind, amount: Cents, refund: RefundNumber | None = None
) -> None:
    """Add an entry."""
    await connection.execute(
        """
        INSERT INTO ledger (payment_id, kind, amount, refund_id, created_at)
        VALUES ($1, $2, $3, $4, $5)
        """,
        payment,
        kind,
        amount,
        refund,
        now(),
    )


async def book_void(connection: Connection, payment: PaymentNumber) -> None:
    """Add the void of an authorisation, if there is one and its void is not there."""
    await connection.execute(
        """
        INSERT INTO ledger (payment_id, kind, amount, created_at)
        SELECT payment_id, 'void', amount, CAST($2 AS TEXT)
        FROM ledger
        WHERE payment_id = $1 AND kind = 'authorise'
        ON CONFLICT DO NOTHING
        """,
        payment,
        now(),
    )


async def entries(database: Database, limit: int, after: int | None) -> list[LedgerRow]:
    """The entries with their orders, the oldest first."""
    return await database.fetch(
        LedgerRow,
        f"""
        SELECT ledger.id, payment_id, order_id, kind, ledger.amount, ledger.created_at
        FROM ledger
        JOIN payments ON payments.id = payment_id
        WHERE ledger.id > $1
        ORDER BY ledger.id
        LIMIT {limit:d}
        """,
        after or 0,
    )

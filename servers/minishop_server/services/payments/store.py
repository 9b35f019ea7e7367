"""All the SQL of payments and of webhooks, with amounts in cents."""

from __future__ import annotations

from ...kit.clock import Timestamp, now
from ...kit.database import Database, Listing, columns, delete_in_parts, highest_order
from ...kit.ids import OrderId, OrderIdentity
from ...kit.money import Cents
from ...kit.outbox import Transaction
from .ids import PAYMENTS, PaymentNumber
from .ledger.store import BOOK_CAPTURE, book, book_void
from .providers.provider import Answer
from .refunds.store import Store as RefundStore
from .rows import PaymentOrMarkRow, PaymentRow
from .state_machine import MOVES, OUTCOMES

PAYMENT = columns(PaymentRow)


class Store:
    """Payments, one for each order.

    Every change is a guarded update: a late or repeated one finds that the state has moved on, and changes nothing.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.refunds = RefundStore(database)

    async def open(
        self, order_id: OrderId, identity: OrderIdentity | None, amount: Cents, method: str, capture: bool
    ) -> tuple[PaymentOrMarkRow, bool]:
        """The payment of the order, and whether this call made it.

        The mark of an order that was voided first becomes a voided payment with this amount and method.
        """
        row = await self.database.returning(
            PaymentOrMarkRow,
            f"""
            INSERT INTO payments (id, order_id, amount, method, capture, state, created_at, order_identity)
            VALUES ({self.database.next_id("payments")}, $1, $2, $3, $4, 'pending', $5, $6)
            ON CONFLICT (order_id) DO UPDATE
            SET amount = EXCLUDED.amount, method = EXCLUDED.method
            WHERE payments.method IS NULL
                AND COALESCE(EXCLUDED.order_identity, payments.order_identity, payments.order_id)
                    = COALESCE(payments.order_identity, payments.order_id)
            RETURNING {PAYMENT}
            """,
            order_id,
            amount,
            method,
            int(capture),
            now(),
            identity,
        )
        if row is not None:
            return row, row["state"] == "pending"  # else it was the mark
        sql = f"SELECT {PAYMENT} FROM payments WHERE order_id = $1"
        found = await self.database.fetchrow(PaymentOrMarkRow, sql, order_id)
        assert found is not None
        return found, False

    async def highest_order(self) -> int:
        """The highest number of an order that has a payment, or 0."""
        return await highest_order(self.database, "payments")

    async def find(self, payment: PaymentNumber) -> PaymentRow | None:
        """A payment, but not the mark of an order without one."""
        sql = f"SELECT {PAYMENT} FROM payments WHERE id = $1 AND method IS NOT NULL"
        return await self.database.fetchrow(PaymentRow, sql, payment)

    async def payment(self, payment: PaymentNumber) -> PaymentRow:
        """A payment that there is."""
        row = await self.find(payment)
        assert row is not None
        return row

    async def payments(self, limit: int, before: int | None, order_id: OrderId | None) -> list[PaymentRow]:
        """The newest first."""
        after = None if before is None else [before]
        listing = Listing("payments", PaymentRow, descending=True, after=after, always=["method IS NOT NULL"])
        listing.where("order_id = {}", order_id)
        return await listing.page(self.database, PaymentRow, limit)

    async def set_reference(self, payment: PaymentNumber, reference: str) -> PaymentRow:
        """The payment, with the provider's name for it if it had none and is undecided."""
        row = await self.database.returning(
            PaymentRow,
            f"""
            UPDATE payments
            SET reference = $2
            WHERE id = $1 AND state = 'pending' AND reference IS NULL
            RETURNING {PAYMENT}
            """,
            payment,
            reference,
        )
        return row or await self.payment(payment)

    async def record(self, connection: Transaction, payment: PaymentNumber, answer: Answer) -> PaymentRow:
        """The payment, moved on by the provider's answer if that is news."""
        if answer.state == "captured":
            captured = await self._record_capture(connection, payment)
            if captured is not None:
                return captured
        elif answer.state == "authorised":
            authorised = await _move(connection, payment, "authorise")
            if authorised is not None:
                await book(connection, payment, "authorise", authorised["amount"])
        elif answer.state != "pending":
            await _record_end(connection, payment, answer.reason or "cancelled")
        row = await connection.fetchrow(PaymentRow, f"SELECT {PAYMENT} FROM payments WHERE id = $1", payment)
        assert row is not None
        return row

    async def owe_capture(self, connection: Transaction, payment: PaymentNumber) -> None:
        """Owe the capture of an authorised payment once."""
        asked = await connection.execute(
            "UPDATE payments SET capture = 1 WHERE id = $1 AND state = 'authorised' AND capture = 0", payment
        )
        if asked:
            connection.add("capture", PAYMENTS.id(payment))

    async def void(
        self, connection: Transaction, order_id: OrderId, identity: OrderIdentity | None
    ) -> PaymentOrMarkRow:
        """The payment of the order, voided unless it was declined; its cancellation or refund is owed.

        Where there is none, a mark is left that a late charge runs into. That of another identity stays as it is.
        """
        mark = await connection.fetchrow(
            PaymentOrMarkRow,
            f"""
            INSERT INTO payments (id, order_id, state, created_at, order_identity)
            VALUES ({self.database.next_id("payments")}, $1, 'voided', $2, $3)
            ON CONFLICT (order_id) DO NOTHING
            RETURNING {PAYMENT}
            """,
            order_id,
            now(),
            identity,
        )
        if mark is not None:
            return mark
        voided = await connection.fetchrow(
            PaymentRow,
            f"""
            UPDATE payments
            SET state = 'voided'
            WHERE order_id = $1
                AND state IN ({MOVES["void"].guard})
                AND (CAST($2 AS TEXT) IS NULL OR order_identity = $2)
            RETURNING {PAYMENT}
            """,
            order_id,
            identity,
        )
        if voided is not None:
            connection.count(OUTCOMES, voided["state"])
        if voided is not None and voided["captured"] is None:
            connection.add("cancel", PAYMENTS.id(voided["id"]))
        elif voided is not None:
            await self.refunds.add_rest(connection, voided)
        sql = f"SELECT {PAYMENT} FROM payments WHERE order_id = $1"
        row = await connection.fetchrow(PaymentOrMarkRow, sql, order_id)
        assert row is not None
        return row

    async def has_event(self, event: str) -> bool:
        """Whether an event came before."""
        return await self.database.fetchval(str, "SELECT id FROM webhook_events WHERE id = $1", event) is not None

    async def forget_events(self, before: Timestamp) -> None:
        """Delete the events that were received before this time."""
        await delete_in_parts(self.database, "webhook_events", "id", "WHERE received_at < $1", before)

    async def add_event(self, event: str) -> None:
        """Remember an event."""
        sql = "INSERT INTO webhook_events (id, received_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING"
        await self.database.execute(sql, event, now())

    async def _record_capture(self, connection: Transaction, payment: PaymentNumber) -> PaymentRow | None:
        """Record a capture and return the payment, or None if it was recorded before or is refunded at once."""
        captured = await connection.fetchrow_guarded(
            PaymentRow,
            f"""
            UPDATE payments
            SET state = CASE WHEN state IN ({MOVES["capture"].guard}) THEN 'captured' ELSE state END, captured = amount
            WHERE id = $1 AND captured IS NULL
            RETURNING {PAYMENT}
            """,
            BOOK_CAPTURE,
            payment,
            now(),
        )
        if captured is None:
            return None
        connection.count(OUTCOMES, "captured")
        if captured["state"] == "captured":
            return captured
        await self.refunds.add_rest(connection, captured)
        return None


async def _record_end(connection: Transaction, payment: PaymentNumber, reason: str) -> None:
    """Nothing was charged and nothing will be."""
    if await _move(connection, payment, "decline", reason) is not None:
        return
    await _move(connection, payment, "lapse")
    held = "SELECT 1 FROM payments WHERE id = $1 AND state = 'voided' AND captured IS NULL"
    if await connection.fetchval(int, held, payment) is not None:
        await book_void(connection, payment)


async def _move(
    connection: Transaction, payment: PaymentNumber, name: str, reason: str | None = None
) -> PaymentRow | None:
    """The payment after a move of the table, or None if it may not be made."""
    move = MOVES[name]
    moved = await connection.fetchrow(
        PaymentRow,
        f"""
        UPDATE payments
        SET state = $2, reason = COALESCE($3, reason)
        WHERE id = $1 AND state IN ({move.guard})
        RETURNING {PAYMENT}
        """,
        payment,
        move.after,
        reason,
    )
    if moved is not None:
        connection.count(OUTCOMES, move.after)
    return moved

"""All the SQL of Payments."""

from __future__ import annotations

from ...kit.clock import now
from ...kit.database import Connection, Database, Row
from ...kit.idempotency import digest
from ...kit.outbox import Transaction
from .ids import PAYMENTS, REFUNDS
from .providers.provider import Answer

PAYMENT = (
    "id, order_id, order_identity, amount, method, capture, state, reason, reference, captured, promised, refunded,"
    " created_at"
)
REFUND = "id, payment_id, idempotency_key, provider_key, amount, reason, done, created_at"
VOID_KEY = "(void)"
"""Names the refund of a payment that is voided, and no caller can write it."""


class Store:
    """Payments, one for each order; their refunds; the ledger. Amounts are cents.

    Every change is a guarded update: a late or repeated one finds the state moved on, and changes nothing.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open(
        self, order_id: str, identity: str | None, amount: int, method: str, capture: bool
    ) -> tuple[Row, bool]:
        """The payment of the order, and whether this call made it.

        The mark of an order that was voided first becomes a voided payment with this amount and method.
        """
        row = await self.database.returning(
            "INSERT INTO payments (id, order_id, amount, method, capture, state, created_at, order_identity)"
            f" VALUES ({self.database.next_id('payments')}, $1, $2, $3, $4, 'pending', $5, $6) ON CONFLICT (order_id)"
            " DO UPDATE SET amount = EXCLUDED.amount, method = EXCLUDED.method WHERE payments.method IS NULL"
            " AND COALESCE(EXCLUDED.order_identity, payments.order_identity, payments.order_id)"
            " = COALESCE(payments.order_identity, payments.order_id)"
            f" RETURNING {PAYMENT}",
            order_id,
            amount,
            method,
            int(capture),
            now(),
            identity,
        )
        if row is not None:
            return row, row["state"] == "pending"  # else it was the mark
        return await self._one("order_id", order_id), False

    async def highest_order(self) -> int:
        """The highest number of an order that has a payment, or 0."""
        row = await self.database.fetchrow(
            "SELECT CAST(SUBSTR(order_id, 5) AS INTEGER) AS number FROM payments WHERE order_identity IS NOT NULL"
            " ORDER BY CAST(SUBSTR(order_id, 5) AS INTEGER) DESC LIMIT 1"
        )
        return 0 if row is None else int(row["number"])

    async def payment(self, payment: int) -> Row | None:
        """A payment, but not the mark of an order without one."""
        return await self.database.fetchrow(
            f"SELECT {PAYMENT} FROM payments WHERE id = $1 AND method IS NOT NULL", payment
        )

    async def payments(self, limit: int, before: int | None, order_id: str | None) -> list[Row]:
        """The newest first."""
        of_order, args = ("", ()) if order_id is None else (" AND order_id = $3", (order_id,))
        return await self.database.fetch(
            f"SELECT {PAYMENT} FROM payments WHERE method IS NOT NULL AND id < $1{of_order} ORDER BY id DESC LIMIT $2",
            before or 2**31 - 1,
            limit,
            *args,
        )

    async def ledger(self, limit: int, after: int | None) -> list[Row]:
        """The entries with their orders, the oldest first."""
        return await self.database.fetch(
            "SELECT ledger.id, payment_id, order_id, kind, ledger.amount, ledger.created_at"
            " FROM ledger JOIN payments ON payments.id = payment_id WHERE ledger.id > $1"
            " ORDER BY ledger.id LIMIT $2",
            after or 0,
            limit,
        )

    async def set_reference(self, payment: int, reference: str) -> Row:
        """The payment, with the provider's name for it if it had none and is undecided."""
        row = await self.database.returning(
            "UPDATE payments SET reference = $2 WHERE id = $1 AND state = 'pending' AND reference IS NULL"
            f" RETURNING {PAYMENT}",
            payment,
            reference,
        )
        return row or await self._one("id", payment)

    async def record(self, connection: Transaction, payment: int, answer: Answer) -> Row:
        """The payment, moved on by what the provider says, as far as that is news."""
        row = None
        if answer.state == "captured":
            row = await _record_capture(connection, payment)
        elif answer.state == "authorised":
            row = await connection.fetchrow(
                f"UPDATE payments SET state = 'authorised' WHERE id = $1 AND state = 'pending' RETURNING {PAYMENT}",
                payment,
            )
            if row is not None:
                await _book(connection, row, "authorise", row["amount"])
        elif answer.state != "pending":
            row = await _record_end(connection, payment, answer.reason or "cancelled")
        return row or await _payment(connection, payment)

    async def owe_capture(self, connection: Transaction, payment: int) -> None:
        """Owe the capture of an authorised payment once."""
        asked = await connection.execute(
            "UPDATE payments SET capture = 1 WHERE id = $1 AND state = 'authorised' AND capture = 0", payment
        )
        if asked:
            connection.add("capture", PAYMENTS.id(payment))

    async def void(self, connection: Transaction, order_id: str, identity: str | None) -> Row:
        """The payment of the order, voided unless it was declined; its cancellation or refund is owed.

        Where there is none, a mark is left that a late charge runs into. That of another identity stays as it is.
        """
        mark = await connection.fetchrow(
            "INSERT INTO payments (id, order_id, state, created_at, order_identity)"
            f" VALUES ({self.database.next_id('payments')}, $1, 'voided', $2, $3)"
            f" ON CONFLICT (order_id) DO NOTHING RETURNING {PAYMENT}",
            order_id,
            now(),
            identity,
        )
        if mark is not None:
            return mark
        row = await connection.fetchrow(
            "UPDATE payments SET state = 'voided'"
            " WHERE order_id = $1 AND state IN ('pending', 'authorised', 'captured')"
            f" AND (CAST($2 AS TEXT) IS NULL OR COALESCE(order_identity, order_id) = $2) RETURNING {PAYMENT}",
            order_id,
            identity,
        )
        if row is None:
            return await _fetch(connection, f"SELECT {PAYMENT} FROM payments WHERE order_id = $1", order_id)
        if row["captured"] is not None:
            return await _refund_rest(connection, row)
        connection.add("cancel", PAYMENTS.id(row["id"]))
        return row

    async def add_refund(
        self, connection: Transaction, payment: int, key: str, amount: int, reason: str | None
    ) -> tuple[Row | None, bool]:
        """The refund of this key, or none if it exceeds the capture, and whether this call promised it."""
        new = await connection.fetchrow(
            "INSERT INTO refunds (payment_id, idempotency_key, amount, reason, created_at, provider_key)"
            " VALUES ($1, $2, $3, $4, $5, $6)"
            f" ON CONFLICT (payment_id, idempotency_key) DO NOTHING RETURNING {REFUND}",
            payment,
            key,
            amount,
            reason,
            now(),
            digest(key)[:32],
        )
        if new is None:
            return await connection.fetchrow(
                f"SELECT {REFUND} FROM refunds WHERE payment_id = $1 AND idempotency_key = $2", payment, key
            ), False
        covered = await connection.execute(
            "UPDATE payments SET promised = promised + $2"
            " WHERE id = $1 AND state = 'captured' AND captured - promised >= $2",
            payment,
            amount,
        )
        if not covered:
            await connection.execute("DELETE FROM refunds WHERE id = $1", new["id"])
            return None, False
        connection.add("refund", REFUNDS.id(new["id"]))
        return new, True

    async def refund(self, refund: int) -> Row:
        """A refund that there is."""
        row = await self.database.fetchrow(f"SELECT {REFUND} FROM refunds WHERE id = $1", refund)
        assert row is not None
        return row

    async def open_refunds(self, payment: int) -> list[Row]:
        """What was promised, and not confirmed by the provider yet."""
        return await self.database.fetch(
            f"SELECT {REFUND} FROM refunds WHERE payment_id = $1 AND done = 0 ORDER BY id", payment
        )

    async def record_refund(self, connection: Connection, refund: Row) -> None:
        """The provider confirmed a refund."""
        if await connection.execute("UPDATE refunds SET done = 1 WHERE id = $1 AND done = 0", refund["id"]):
            row = await _fetch(
                connection,
                f"UPDATE payments SET refunded = refunded + $2 WHERE id = $1 RETURNING {PAYMENT}",
                refund["payment_id"],
                refund["amount"],
            )
            await _book(connection, row, "refund", refund["amount"], refund["id"])

    async def has_event(self, event: str) -> bool:
        """Whether an event came before."""
        return await self.database.fetchrow("SELECT id FROM webhook_events WHERE id = $1", event) is not None

    async def add_event(self, event: str) -> None:
        """Remember an event."""
        sql = "INSERT INTO webhook_events (id, received_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING"
        await self.database.execute(sql, event, now())

    async def payment_of_order(self, order_id: str) -> Row:
        """The payment of an order that has one, or its mark."""
        return await self._one("order_id", order_id)

    async def payment_of_work(self, payment: int) -> Row:
        """A payment that something is owed for."""
        return await self._one("id", payment)

    async def debts_of_the_version_before(self) -> list[Row]:
        """The work that its replicas owe, by kind and row, in the columns that revision 0006 keeps."""
        return await self.database.fetch(
            "SELECT due AS kind, id FROM payments WHERE due IS NOT NULL"
            " UNION ALL SELECT 'refund', refunds.id FROM payments JOIN refunds ON payment_id = payments.id AND done = 0"
            " WHERE (due IS NOT NULL OR promised > refunded) AND NOT EXISTS"
            " (SELECT 1 FROM work WHERE kind = 'refund' AND key = 'REF-' || (refunds.id + 300))"
        )

    async def take_over(self, connection: Transaction, debts: list[Row]) -> None:
        """Owe these as work."""
        for debt in debts:
            if debt["kind"] == "refund":
                connection.add("refund", REFUNDS.id(debt["id"]))
            else:
                connection.add(debt["kind"], PAYMENTS.id(debt["id"]))
                await connection.execute("UPDATE payments SET due = NULL WHERE id = $1", debt["id"])

    async def _one(self, column: str, value: int | str) -> Row:
        """A row that there is."""
        row = await self.database.fetchrow(f"SELECT {PAYMENT} FROM payments WHERE {column} = $1", value)
        assert row is not None
        return row


async def _record_capture(connection: Transaction, payment: int) -> Row | None:
    """The money is in. Where it comes after the end of the payment, it starts on its way back."""
    row = await connection.fetchrow(
        "UPDATE payments SET state = CASE WHEN state IN ('voided', 'declined') THEN state ELSE 'captured' END,"
        f" captured = amount WHERE id = $1 AND captured IS NULL RETURNING {PAYMENT}",
        payment,
    )
    if row is None:
        return None
    await _book(connection, row, "capture", row["amount"])
    return row if row["state"] == "captured" else await _refund_rest(connection, row)


async def _record_end(connection: Connection, payment: int, reason: str) -> Row | None:
    """Nothing was charged and nothing will be."""
    row = await connection.fetchrow(
        f"UPDATE payments SET state = 'declined', reason = $2 WHERE id = $1 AND state = 'pending' RETURNING {PAYMENT}",
        payment,
        reason,
    )
    if row is not None:
        return row
    row = await connection.fetchrow(
        "UPDATE payments SET state = 'voided'"
        f" WHERE id = $1 AND state IN ('authorised', 'voided') AND captured IS NULL RETURNING {PAYMENT}",
        payment,
    )
    if row is not None:
        await connection.execute(
            "INSERT INTO ledger (payment_id, kind, amount, created_at)"
            " SELECT payment_id, 'void', amount, CAST($2 AS TEXT) FROM ledger"
            " WHERE payment_id = $1 AND kind = 'authorise' ON CONFLICT DO NOTHING",
            payment,
            now(),
        )
    return row


async def _refund_rest(connection: Transaction, payment: Row) -> Row:
    """Promise to give back all that was captured and not promised yet."""
    rest = payment["captured"] - payment["promised"]
    if rest:
        refund = await _fetch(
            connection,
            "INSERT INTO refunds (payment_id, idempotency_key, provider_key, amount, reason, created_at)"
            " VALUES ($1, $2, 'void', $3, 'voided', $4) RETURNING id",
            payment["id"],
            VOID_KEY,
            rest,
            now(),
        )
        connection.add("refund", REFUNDS.id(refund["id"]))
    return await _fetch(
        connection, f"UPDATE payments SET promised = captured WHERE id = $1 RETURNING {PAYMENT}", payment["id"]
    )


async def _book(connection: Connection, payment: Row, kind: str, amount: int, refund: int | None = None) -> None:
    await connection.execute(
        "INSERT INTO ledger (payment_id, kind, amount, refund_id, created_at) VALUES ($1, $2, $3, $4, $5)",
        payment["id"],
        kind,
        amount,
        refund,
        now(),
    )


async def _payment(connection: Connection, payment: int) -> Row:
    return await _fetch(connection, f"SELECT {PAYMENT} FROM payments WHERE id = $1", payment)


async def _fetch(connection: Connection, sql: str, *args: object) -> Row:
    row = await connection.fetchrow(sql, *args)
    assert row is not None
    return row

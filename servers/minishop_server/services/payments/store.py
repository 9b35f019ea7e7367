"""All the SQL of Payments."""

from __future__ import annotations

import time

from ...kit.clock import now
from ...kit.database import Connection, Database, Row
from ...kit.idempotency import digest
from .providers.provider import Answer

PAYMENT = (
    "id, order_id, order_identity, amount, method, capture, state, reason, reference, captured, promised, refunded,"
    " due, tries, created_at"
)
REFUND = "id, payment_id, idempotency_key, provider_key, amount, reason, done, created_at"
VOID_KEY = "(void)"
"""Names the refund of a payment that is voided; no caller can write it."""
GRACE = 10
"""Seconds that what is owed is left to the request that caused it."""
LONGEST_PAUSE = 600


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
        """The highest number of an order that has a payment; 0 where none has."""
        row = await self.database.fetchrow(
            "SELECT CAST(SUBSTR(order_id, 5) AS INTEGER) AS number FROM payments WHERE order_identity IS NOT NULL"
            " ORDER BY CAST(SUBSTR(order_id, 5) AS INTEGER) DESC LIMIT 1"
        )
        return 0 if row is None else int(row["number"])

    async def payment(self, payment: int) -> Row | None:
        """A payment; the mark of an order without one is none."""
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

    async def refer(self, payment: int, reference: str) -> Row:
        """The payment, with the provider's name for it; an undecided one takes the first."""
        row = await self.database.returning(
            "UPDATE payments SET reference = $2 WHERE id = $1 AND state = 'pending' AND reference IS NULL"
            f" RETURNING {PAYMENT}",
            payment,
            reference,
        )
        return row or await self._one("id", payment)

    async def record(self, payment: int, answer: Answer) -> Row:
        """The payment, moved on by what the provider says, as far as that is news."""
        async with self.database.transaction() as connection:
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

    async def owe_capture(self, payment: int) -> Row | None:
        """The payment, to be captured, if it is authorised."""
        return await self.database.returning(
            "UPDATE payments SET due = 'capture', tries = 0, retry_at = $2"
            f" WHERE id = $1 AND state = 'authorised' RETURNING {PAYMENT}",
            payment,
            int(time.time()) + GRACE,
        )

    async def void(self, order_id: str, identity: str | None) -> Row:
        """The payment of the order, voided unless it was declined; what that takes is owed from now on.

        Where there is none, a mark is left that a late charge runs into. That of another identity stays as it is.
        """
        async with self.database.transaction() as connection:
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
                "UPDATE payments SET state = 'voided', due = CASE WHEN captured IS NULL THEN 'cancel' END,"
                " tries = 0, retry_at = $2"
                " WHERE order_id = $1 AND state IN ('pending', 'authorised', 'captured')"
                f" AND (CAST($3 AS TEXT) IS NULL OR COALESCE(order_identity, order_id) = $3) RETURNING {PAYMENT}",
                order_id,
                int(time.time()) + GRACE,
                identity,
            )
            if row is None:
                return await _fetch(connection, f"SELECT {PAYMENT} FROM payments WHERE order_id = $1", order_id)
            return row if row["captured"] is None else await _promise_rest(connection, row)

    async def promise(self, payment: int, key: str, amount: int, reason: str | None) -> tuple[Row | None, bool]:
        """The refund of this key, and whether this call promised it; none where that is more than there is."""
        async with self.database.transaction() as connection:
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
                "UPDATE payments SET promised = promised + $2, tries = 0, retry_at = $3"
                " WHERE id = $1 AND state = 'captured' AND captured - promised >= $2",
                payment,
                amount,
                int(time.time()) + GRACE,
            )
            if not covered:
                await connection.execute("DELETE FROM refunds WHERE id = $1", new["id"])
                return None, False
        return new, True

    async def unpaid_refunds(self, payment: int) -> list[Row]:
        """What was promised, and not confirmed by the provider yet."""
        return await self.database.fetch(
            f"SELECT {REFUND} FROM refunds WHERE payment_id = $1 AND done = 0 ORDER BY id", payment
        )

    async def refunded(self, refund: Row) -> Row:
        """The payment, after the provider confirmed a refund."""
        async with self.database.transaction() as connection:
            if not await connection.execute("UPDATE refunds SET done = 1 WHERE id = $1 AND done = 0", refund["id"]):
                return await _payment(connection, refund["payment_id"])
            row = await _fetch(
                connection,
                f"UPDATE payments SET refunded = refunded + $2 WHERE id = $1 RETURNING {PAYMENT}",
                refund["payment_id"],
                refund["amount"],
            )
            await _book(connection, row, "refund", refund["amount"], refund["id"])
            return row

    async def owing(self, limit: int) -> list[Row]:
        """Payments that something is owed for, and whose time has come."""
        return await self.database.fetch(
            f"SELECT {PAYMENT} FROM payments WHERE (due IS NOT NULL OR promised > refunded) AND retry_at <= $1"
            " ORDER BY retry_at LIMIT $2",
            int(time.time()),
            limit,
        )

    async def retry_later(self, payment: Row) -> None:
        """Put off what is owed for, each time twice as long."""
        await self.database.execute(
            "UPDATE payments SET tries = tries + 1, retry_at = $2 WHERE id = $1",
            payment["id"],
            int(time.time()) + min(LONGEST_PAUSE, 2 ** min(payment["tries"], 10)),
        )

    async def has_heard(self, event: str) -> bool:
        """Whether an event came before."""
        return await self.database.fetchrow("SELECT id FROM webhook_events WHERE id = $1", event) is not None

    async def heard(self, event: str) -> None:
        """Remember an event."""
        sql = "INSERT INTO webhook_events (id, received_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING"
        await self.database.execute(sql, event, now())

    async def _one(self, column: str, value: int | str) -> Row:
        """A row that there is."""
        row = await self.database.fetchrow(f"SELECT {PAYMENT} FROM payments WHERE {column} = $1", value)
        assert row is not None
        return row


async def _record_capture(connection: Connection, payment: int) -> Row | None:
    """The money is in. Where it comes after the end of the payment, it starts on its way back."""
    row = await connection.fetchrow(
        "UPDATE payments SET state = CASE WHEN state IN ('voided', 'declined') THEN state ELSE 'captured' END,"
        f" captured = amount, due = NULL, tries = 0 WHERE id = $1 AND captured IS NULL RETURNING {PAYMENT}",
        payment,
    )
    if row is None:
        return None
    await _book(connection, row, "capture", row["amount"])
    return row if row["state"] == "captured" else await _promise_rest(connection, row)


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
        "UPDATE payments SET state = 'voided', due = NULL WHERE id = $1"
        f" AND (state = 'authorised' OR due = 'cancel') RETURNING {PAYMENT}",
        payment,
    )
    if row is not None:
        await connection.execute(
            "INSERT INTO ledger (payment_id, kind, amount, created_at)"
            " SELECT payment_id, 'void', amount, CAST($2 AS TEXT) FROM ledger"
            " WHERE payment_id = $1 AND kind = 'authorise'",
            payment,
            now(),
        )
    return row


async def _promise_rest(connection: Connection, payment: Row) -> Row:
    """Promise all that was captured and not promised yet."""
    rest = payment["captured"] - payment["promised"]
    if rest:
        await connection.execute(
            "INSERT INTO refunds (payment_id, idempotency_key, provider_key, amount, reason, created_at)"
            " VALUES ($1, $2, 'void', $3, 'voided', $4)",
            payment["id"],
            VOID_KEY,
            rest,
            now(),
        )
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

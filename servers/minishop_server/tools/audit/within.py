"""The rules that compare the books of each service with themselves, for any client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from .books import Books
from .findings import Finding, moment, money, oldest

COUNTED = """
    WITH counted AS (
        SELECT
            CAST(json_extract(line.value, '$[0]') AS INTEGER) AS product_id,
            SUM(json_extract(line.value, '$[1]')) FILTER (WHERE status = 'held') AS reserved,
            SUM(json_extract(line.value, '$[1]')) FILTER (WHERE status = 'committed') AS sold,
            MIN(reservations.rowid) AS place
        FROM reservations, json_each(reservations.lines) AS line
        WHERE status IN ('held', 'committed')
        GROUP BY 1
    )
"""
"""The pieces of each product that are reserved and sold by the reservations."""


def stock(books: Books, limit: timedelta) -> Iterator[Finding]:
    """The received pieces are on hand, reserved or sold, and those match the reservations."""
    for product_id, on_hand, reserved, sold, received, held, committed in books.rows(
        f"""
        {COUNTED}
        SELECT
            product_id, on_hand, stock.reserved, stock.sold, received,
            COALESCE(counted.reserved, 0) AS held, COALESCE(counted.sold, 0) AS committed
        FROM stock LEFT JOIN counted USING (product_id)
        WHERE on_hand + stock.reserved + stock.sold != received OR stock.reserved != held OR stock.sold != committed
        ORDER BY stock.rowid
        """
    ):
        subject = f"product {product_id}"
        if on_hand + reserved + sold != received:
            where = f"{on_hand} on hand, {reserved} reserved and {sold} sold"
            yield Finding("catalog", subject, f"{where} are not {received} received")
        for column, said, counted in ("reserved", reserved, held), ("sold", sold, committed):
            if said != counted:
                yield Finding("catalog", subject, f"{said} {column}, where the reservations say {counted}")
    for column in "reserved", "sold":
        for product_id, count in books.rows(
            f"""
            {COUNTED}
            SELECT product_id, {column}
            FROM counted
            WHERE {column} IS NOT NULL AND product_id NOT IN (SELECT product_id FROM stock)
            ORDER BY place
            """
        ):
            yield Finding("catalog", f"product {product_id}", f"{count} {column} of a product that is not there")


def ledger(books: Books, limit: timedelta) -> Iterator[Finding]:
    """A payment matches its ledger entries: one charge, and no more refunded than captured."""
    for payment_id, captured, refunded, capture, refund, charges in books.rows(
        """
        WITH booked AS (
            SELECT
                payment_id,
                SUM(amount) FILTER (WHERE kind = 'capture') AS capture,
                SUM(amount) FILTER (WHERE kind = 'refund') AS refund,
                COUNT(*) FILTER (WHERE kind = 'capture') AS charges
            FROM ledger
            GROUP BY payment_id
        )
        SELECT payment_id, captured, refunded, COALESCE(capture, 0) AS capture, COALESCE(refund, 0) AS refund, charges
        FROM payments LEFT JOIN booked USING (payment_id)
        WHERE captured != COALESCE(capture, 0) OR refunded != COALESCE(refund, 0) OR charges > 1 OR refunded > captured
        ORDER BY payments.rowid
        """
    ):
        for name, said, booked in ("capture", captured, capture), ("refund", refunded, refund):
            if said != booked:
                what = f"{money(said)} by {name}, where the ledger has {money(booked)}"
                yield Finding("payments", payment_id, what)
        if charges is not None and charges > 1:
            yield Finding("payments", payment_id, "captured more than once")
        if refunded > captured:
            what = f"{money(refunded)} refunded of {money(captured)} captured"
            yield Finding("payments", payment_id, what)
    for (payment_id,) in books.rows(
        """
        SELECT payment_id
        FROM ledger
        WHERE payment_id NOT IN (SELECT payment_id FROM payments)
        GROUP BY payment_id
        ORDER BY MIN(rowid)
        """
    ):
        yield Finding("payments", payment_id, "entries in the ledger without a payment")


def waiting_messages(books: Books, limit: timedelta) -> Iterator[Finding]:
    """A message is out in time, and there is one for a key."""
    for message, time in books.rows(
        "SELECT id, timestamp FROM messages WHERE status = 'pending' AND timestamp < :oldest ORDER BY rowid",
        oldest=oldest(limit),
    ):
        yield Finding("notifications", f"message {message}", f"not sent since {moment(time)}")
    for key, count in books.rows(
        "SELECT key, COUNT(*) FROM messages WHERE key != '' GROUP BY key HAVING COUNT(*) > 1 ORDER BY MIN(rowid)"
    ):
        yield Finding("notifications", key, f"{count} messages under one key")

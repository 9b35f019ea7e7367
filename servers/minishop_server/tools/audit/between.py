"""The rules between the services, which hold in a shop in which only Orders called the other services.

They leave out orders with open work, for which the records may differ until it is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from .books import Books
from .findings import Finding, moment, money, oldest, pieces_of

CONFIRMATION = ".confirmation"
"""The end of the key of a message that confirms an order, after the identity of the order."""
UNDER_WAY = "('pending', 'paid')"
"""The states of an order that only work leads out of."""
ON_ITS_WAY = "('in_transit', 'out_for_delivery', 'exception')"
SENT = "('in_transit', 'out_for_delivery', 'exception', 'delivered', 'returned')"


def work(books: Books, limit: timedelta) -> Iterator[Finding]:
    """No work is parked, none is older than the limit, and no order waits for work that is not there."""
    for order_id, kind, attempts, error in books.rows(
        "SELECT order_id, kind, attempts, error FROM work ORDER BY rowid"
    ):
        what = f"{kind} is parked after {attempts} tries: {error or 'the process ended'}"
        yield Finding("orders", order_id, what)
    for order_id, status, open_work, time in books.rows(
        f"""
        SELECT order_id, status, open_work, updated_at
        FROM orders
        WHERE CASE WHEN open_work THEN updated_at < :oldest ELSE status IN {UNDER_WAY} END
        ORDER BY rowid
        """,
        oldest=oldest(limit),
    ):
        what = f" with open work since {moment(time)}" if open_work else ", and nothing is being done for it"
        yield Finding("orders", order_id, f"{status}{what}")


def owed(books: Books, limit: timedelta) -> Iterator[Finding]:
    """Captured less refunded is owed for each order, and the payment that it names belongs to it."""
    for order_id, status, payment_id, amount, held in books.rows(
        """
        SELECT order_id, status, payment_id, owed, held
        FROM (
            SELECT
                *,
                rowid AS place,
                (
                    SELECT COALESCE(SUM(captured - refunded), 0) FROM payments WHERE identity = orders.identity
                ) AS held
            FROM orders
            WHERE NOT open_work
        ) AS settled
        WHERE held != owed OR (
            payment_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM payments WHERE payment_id = settled.payment_id AND identity = settled.identity
            )
        )
        ORDER BY place
        """
    ):
        if held != amount:
            what = f"Payments holds {money(held)} for it, and {money(amount)} is owed ({status})"
            yield Finding("orders", order_id, what)
        else:
            # Payments has lost it: only the provider knows the charge and the amount to refund.
            yield Finding("payments", order_id, f"{payment_id} paid for it, and is not there ({status})")
    for payment_id, state, order_id in books.rows(
        """
        SELECT payment_id, state, order_id
        FROM payments
        WHERE state IN ('pending', 'authorised')
            AND EXISTS (SELECT 1 FROM orders WHERE identity = payments.identity AND NOT open_work)
        ORDER BY rowid
        """
    ):
        yield Finding("payments", payment_id, f"{state}, although {order_id} is settled")


def pieces(books: Books, limit: timedelta) -> Iterator[Finding]:
    """Catalog counts the items of an order as sold, and neither holds nor sells anything for another."""
    for order_id, status, holds_stock, lines, kept, kept_lines in books.rows(
        """
        SELECT order_id, status, holds_stock, lines, COALESCE(kept, 'missing') AS kept, kept_lines
        FROM (
            SELECT orders.*, orders.rowid AS place, reservations.status AS kept, reservations.lines AS kept_lines
            FROM orders LEFT JOIN reservations ON reservations.rowid = (
                SELECT MAX(rowid) FROM reservations WHERE identity = orders.identity
            )
            WHERE NOT open_work
        )
        WHERE CASE
            WHEN holds_stock THEN kept IS NOT 'committed' OR kept_lines != lines
            ELSE kept IN ('held', 'committed')
        END
        ORDER BY place
        """
    ):
        if not holds_stock or kept != "committed":
            yield Finding("catalog", order_id, f"its reservation is {kept}, although it is {status}")
        elif pieces_of(kept_lines) != pieces_of(lines):
            yield Finding("catalog", order_id, "sold other pieces than were ordered")


def carts(books: Books, limit: timedelta) -> Iterator[Finding]:
    """No item of a cart line is in two orders, and a cart counts the items of its orders as bought."""
    for user_id, excess, bought, expected, busy in books.rows(
        """
        SELECT user_id, excess, bought, COALESCE(taken, 0) AS taken, COALESCE(busy, 0) AS busy
        FROM carts LEFT JOIN (
            SELECT user_id, SUM(pieces) FILTER (WHERE left_cart) AS taken, MAX(open_work) AS busy
            FROM orders
            GROUP BY user_id
        ) USING (user_id)
        WHERE excess != 0 OR (bought != COALESCE(taken, 0) AND NOT COALESCE(busy, 0))
        ORDER BY carts.rowid
        """
    ):
        subject = f"the cart of user {user_id}"
        if excess:
            yield Finding("cart", subject, f"{excess} more pieces are in it, or were bought, than were put in")
        if bought != expected and not busy:
            yield Finding("cart", subject, f"{bought} pieces bought, where the orders say {expected}")
    for user_id, expected in books.rows(
        """
        SELECT user_id, SUM(pieces) FILTER (WHERE left_cart)
        FROM orders
        WHERE user_id NOT IN (SELECT user_id FROM carts)
        GROUP BY user_id
        HAVING MAX(left_cart) AND NOT MAX(open_work)
        """
    ):
        what = f"no cart, where the orders say {expected} pieces bought"
        yield Finding("cart", f"the cart of user {user_id}", what)


def parcels(books: Books, limit: timedelta) -> Iterator[Finding]:
    """An order that must be sent has one shipment, and no other has one on its way."""
    shipments = "FROM shipments WHERE identity = orders.identity AND shipments.status IN"
    for order_id, status, must_ship, number, first in books.rows(
        f"""
        SELECT
            order_id, status, must_ship,
            (SELECT COUNT(*) {shipments} {SENT}),
            (SELECT shipments.status {shipments} {SENT} ORDER BY rowid LIMIT 1)
        FROM orders
        WHERE NOT open_work AND CASE
            WHEN must_ship THEN (SELECT COUNT(*) {shipments} {SENT}) != 1
            ELSE EXISTS (SELECT 1 {shipments} {ON_ITS_WAY})
        END
        ORDER BY rowid
        """
    ):
        what = f"{number} shipments" if must_ship else first
        yield Finding("shipping", order_id, f"{what}, although it is {status}")


def confirmations(books: Books, limit: timedelta) -> Iterator[Finding]:
    """An order that must be confirmed has a message that does."""
    for order_id, status in books.rows(
        """
        SELECT order_id, status
        FROM orders
        WHERE NOT open_work AND must_tell
            AND NOT EXISTS (SELECT 1 FROM messages WHERE key = orders.identity || :confirmation)
        ORDER BY rowid
        """,
        confirmation=CONFIRMATION,
    ):
        yield Finding("notifications", order_id, f"no confirmation, although it is {status}")


def tracking(books: Books, limit: timedelta) -> Iterator[Finding]:
    """The customer is notified in time of each move of a parcel except its cancellation."""
    for order_id, tracking_id, status in books.rows(
        # The key ends with the number of the move, or with its state too, since states are in keys.
        """
        SELECT order_id, tracking_id, status
        FROM (
            SELECT
                *,
                rowid AS place,
                tracking_id || '.' || ROW_NUMBER() OVER (PARTITION BY tracking_id ORDER BY rowid) AS name
            FROM moves
        ) AS moved
        WHERE status != 'cancelled' AND timestamp < :oldest
            AND NOT EXISTS (SELECT 1 FROM messages WHERE key IN (name, name || '.' || moved.status))
        ORDER BY place
        """,
        oldest=oldest(limit),
    ):
        yield Finding("notifications", order_id, f"no message that {tracking_id} is {status}")


def missing_orders(books: Books, limit: timedelta) -> Iterator[Finding]:
    """Records for an order refer to an existing one."""
    for service, book, thing in (
        ("catalog", "reservations", "'a reservation'"),
        ("payments", "payments", "payment_id"),
        ("shipping", "shipments", "tracking_id"),
    ):
        for order_id, name in books.rows(
            f"""
            SELECT order_id, {thing}
            FROM {book} AS kept
            WHERE NOT EXISTS (SELECT 1 FROM orders WHERE identity = kept.identity AND order_id = kept.order_id)
            ORDER BY rowid
            """
        ):
            yield Finding(service, order_id, f"{name} for an order that is not there")
    for (key,) in books.rows(
        """
        SELECT key
        FROM messages
        WHERE SUBSTR(key, -:length) = :confirmation
            AND SUBSTR(key, 1, LENGTH(key) - :length) NOT IN (SELECT identity FROM orders)
        ORDER BY rowid
        """,
        confirmation=CONFIRMATION,
        length=len(CONFIRMATION),
    ):
        yield Finding("notifications", key, "confirms an order that is not there")


def buyers(books: Books, limit: timedelta) -> Iterator[Finding]:
    """A parcel goes to the buyer of its order."""
    for order_id, tracking_id, user_id, buyer in books.rows(
        """
        SELECT shipments.order_id, tracking_id, shipments.user_id, orders.user_id
        FROM shipments JOIN orders USING (identity)
        WHERE shipments.user_id != 0 AND shipments.user_id != orders.user_id
        ORDER BY shipments.rowid
        """
    ):
        what = f"{tracking_id} is of user {user_id}, and the order of user {buyer}"
        yield Finding("shipping", order_id, what)


def missing_users(books: Books, limit: timedelta) -> Iterator[Finding]:
    """Carts and orders are of users that there are, and of products that there are."""
    for service, book, subject in ("cart", "carts", "'the cart of user ' || user_id"), ("orders", "orders", "order_id"):
        for name, missing, _, _ in books.rows(
            f"""
            SELECT {subject}, 'user ' || user_id, rowid AS place, -1 AS line
            FROM {book}
            WHERE user_id NOT IN (SELECT id FROM users)
            UNION ALL
            SELECT {subject}, 'product ' || json_extract(value, '$[0]'), {book}.rowid, line.key
            FROM {book}, json_each({book}.lines) AS line
            WHERE json_extract(value, '$[0]') NOT IN (SELECT product_id FROM stock)
            ORDER BY place, line
            """
        ):
            yield Finding(service, name, f"there is no {missing}")

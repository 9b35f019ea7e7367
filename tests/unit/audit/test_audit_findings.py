"""The audit names each change that was made by hand."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.audit import bought, findings
from tests.support.shop import Shop

LONG_AGO = "2025-10-06T18:21:00Z"
PARKED = (
    "INSERT INTO work (kind, key, payload, request_id, due, attempts, parked, error, created_at)"
    f" VALUES ('ship', 'ORD-101', '{{}}', 'r', 0, 60, 1, 'unavailable', '{LONG_AGO}')"
)


@pytest.mark.parametrize(
    ("service", "change", "expected"),
    [
        (
            "auth",
            "DELETE FROM users WHERE username = 'ada'",
            {"cart: the cart of user 2: there is no user 2", "orders: ORD-101: there is no user 2"},
        ),
        (
            "catalog",
            "UPDATE products SET received = received + 1",
            {"catalog: product 1: 98 on hand, 0 reserved and 2 sold are not 101 received"},
        ),
        (
            "catalog",
            "UPDATE products SET stock = stock - 1, reserved = reserved + 1",
            {"catalog: product 1: 1 reserved, where the reservations say 0"},
        ),
        (
            "catalog",
            "DELETE FROM reservations",
            {
                "catalog: product 1: 2 sold, where the reservations say 0",
                "catalog: ORD-101: its reservation is missing, although it is shipped",
            },
        ),
        (
            "catalog",
            "UPDATE reservations SET lines = '[[1, 1]]'",
            {
                "catalog: product 1: 2 sold, where the reservations say 1",
                "catalog: ORD-101: sold other pieces than were ordered",
            },
        ),
        (
            "catalog",
            "DELETE FROM products",
            {
                "catalog: product 1: 2 sold of a product that is not there",
                "orders: ORD-101: there is no product 1",
            },
        ),
        (
            "catalog",
            "INSERT INTO reservations (id, status, lines) VALUES (899, 'refused', '[]')",
            {"catalog: ORD-999: a reservation for an order that is not there"},
        ),
        (
            "cart",
            "PRAGMA foreign_keys = OFF; UPDATE carts SET user_id = 77; UPDATE cart_lines SET user_id = 77",
            {
                "cart: the cart of user 77: there is no user 77",
                "cart: the cart of user 2: no cart, where the orders say 2 pieces bought",
                "cart: the cart of user 77: 2 pieces bought, where the orders say 0",
            },
        ),
        (
            "cart",
            "UPDATE cart_lines SET quantity = 1",
            {"cart: the cart of user 2: 1 more pieces are in it, or were bought, than were put in"},
        ),
        (
            "cart",
            "UPDATE cart_lines SET bought = 4",
            {
                "cart: the cart of user 2: 2 more pieces are in it, or were bought, than were put in",
                "cart: the cart of user 2: 4 pieces bought, where the orders say 2",
            },
        ),
        (
            "orders",
            "UPDATE orders SET total = total - 1",
            {"orders: ORD-101: Payments holds 99.98 for it, and 99.97 is owed (shipped)"},
        ),
        (
            "orders",
            f"UPDATE orders SET status = 'cancelled', cancelled_by = 'user_2', updated_at = '{LONG_AGO}'",
            {
                "orders: ORD-101: Payments holds 99.98 for it, and 0.00 is owed (cancelled)",
                "catalog: ORD-101: its reservation is committed, although it is cancelled",
                "shipping: ORD-101: in_transit, although it is cancelled",
            },
        ),
        (
            "orders",
            "UPDATE orders SET status = 'paid'",
            {"orders: ORD-101: paid, and nothing is being done for it"},
        ),
        ("orders", PARKED, {"orders: ORD-101: ship is parked after 60 tries: unavailable"}),
        (
            "orders",
            f"{PARKED}; UPDATE orders SET updated_at = '{LONG_AGO}'",
            {
                "orders: ORD-101: ship is parked after 60 tries: unavailable",
                "orders: ORD-101: shipped with open work since 2025-10-06 18:21:00+00:00",
            },
        ),
        (
            "orders",
            "DELETE FROM order_lines; DELETE FROM orders",
            {
                "catalog: ORD-101: a reservation for an order that is not there",
                "payments: ORD-101: PAY-555 for an order that is not there",
                "shipping: ORD-101: SHIP-888 for an order that is not there",
                "notifications: IDENTITY.confirmation: confirms an order that is not there",
                "cart: the cart of user 2: 2 pieces bought, where the orders say 0",
            },
        ),
        (
            "payments",
            "DELETE FROM ledger",
            {"payments: PAY-555: 99.98 by capture, where the ledger has 0.00"},
        ),
        (
            "payments",
            "UPDATE payments SET promised = 1, refunded = 1",
            {
                "payments: PAY-555: 0.01 by refund, where the ledger has 0.00",
                "orders: ORD-101: Payments holds 99.97 for it, and 99.98 is owed (shipped)",
            },
        ),
        (
            "payments",
            "DROP INDEX ledger_once;"
            " INSERT INTO ledger (payment_id, kind, amount, created_at)"
            " SELECT payment_id, kind, amount, created_at FROM ledger",
            {
                "payments: PAY-555: 99.98 by capture, where the ledger has 199.96",
                "payments: PAY-555: captured more than once",
            },
        ),
        (
            "payments",
            "DELETE FROM payments",
            {
                "orders: ORD-101: Payments holds 0.00 for it, and 99.98 is owed (shipped)",
            },
        ),
        (
            "shipping",
            "DELETE FROM shipments",
            {"shipping: ORD-101: 0 shipments, although it is shipped"},
        ),
        (
            "shipping",
            "UPDATE shipments SET order_id = 'ORD-999'",
            {"shipping: ORD-999: SHIP-888 for an order that is not there"},
        ),
        (
            "shipping",
            "UPDATE shipments SET order_identity = 'another'",
            {
                "shipping: ORD-101: 0 shipments, although it is shipped",
                "shipping: ORD-101: SHIP-888 for an order that is not there",
            },
        ),
        (
            "shipping",
            "UPDATE shipments SET user_id = 9",
            {"shipping: ORD-101: SHIP-888 is of user 9, and the order of user 2"},
        ),
        (
            "shipping",
            f"INSERT INTO events VALUES (1, 1, 'out_for_delivery', '{LONG_AGO}')",
            {"notifications: ORD-101: no message that SHIP-888 is out_for_delivery"},
        ),
        (
            "notifications",
            "DELETE FROM notifications",
            {"notifications: ORD-101: no confirmation, although it is shipped"},
        ),
        (
            "notifications",
            f"UPDATE notifications SET status = 'pending', timestamp = '{LONG_AGO}'",
            {"notifications: message 1: not sent since 2025-10-06 18:21:00+00:00"},
        ),
    ],
)
async def test_what_was_changed_by_hand_is_named(
    sqlite_shop: Shop, tmp_path: Path, service: str, change: str, expected: set[str]
) -> None:
    grace, _ = await sqlite_shop.admin(), await sqlite_shop.product()
    await bought(sqlite_shop)
    assert [] == await findings(grace)
    (order,) = await grace.shop.orders.list_order_books()

    with closing(sqlite3.connect(tmp_path / f"{service}.db")) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.executescript(change)

    assert {finding.replace("IDENTITY", order.identity) for finding in expected} == set(await findings(grace))

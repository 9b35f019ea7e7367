"""A shop with the previous schema is upgraded with all its data: finished, refused and open orders."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.kit.database import Database, migrations_of, open_database
from minishop_server.kit.idempotency import digest
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.services.settings import Settings
from minishop_server.tools.audit.command import look
from tests.support.postgres import NewDatabase
from tests.support.shop import PASSWORD, User, running_shop

TIME = "2025-10-06T18:21:00Z"
WISH = "credit_card", None, "123 Main Street", "Canada Post", "ada@example.com"
ROWS: dict[ServiceName, list[tuple[str, list[tuple[object, ...]]]]] = {
    "catalog": [
        (
            "products (id, name, folded_name, price, stock, version, sold)",
            [(1, "Keyboard", "keyboard", 4999, 94, 7, 1), (2, "Mouse", "mouse", 1999, 0, 2, 0)],
        ),
        (
            "reservations (order_id, status)",
            [
                ("ORD-101", "held"),
                ("ORD-102", "released"),
                ("ORD-103", "refused"),
                ("ORD-104", "held"),
                ("ORD-106", "held"),
            ],
        ),
        (
            "reservation_lines (order_id, product_id, quantity)",
            [
                ("ORD-101", 2, 3),
                ("ORD-101", 1, 2),
                ("ORD-102", 1, 1),
                ("ORD-103", 2, 9),
                ("ORD-104", 1, 3),
                ("ORD-106", 1, 1),
            ],
        ),
    ],
    "cart": [
        ("carts (user_id, version)", [(1, 4)]),
        ("cart_lines (user_id, product_id, quantity, position)", [(1, 1, 2, 1)]),
    ],
    "payments": [
        (
            "payments (id, order_id, amount, method, status, created_at)",
            [
                (1, "ORD-101", 15995, "credit_card", "success", TIME),
                (2, "ORD-102", 4999, "credit_card", "failure", TIME),
                (3, "ORD-104", 14997, "credit_card", "success", TIME),
                (4, "ORD-106", 4999, "credit_card", "success", TIME),
            ],
        )
    ],
    "shipping": [
        (
            "shipments (id, order_id, address, carrier, status, user_id, recipient, moves, moves_told, created_at)",
            [
                (1, "ORD-101", "123 Main Street", "Canada Post", "delivered", 1, "ada@example.com", 2, 1, TIME),
                (2, "ORD-106", "123 Main Street", "Canada Post", "in_transit", 1, "ada@example.com", 0, 0, TIME),
            ],
        )
    ],
    "notifications": [
        (
            "notifications (id, recipient, subject, status, idempotency_key, request_hash, timestamp)",
            [
                (1, "ada@example.com", "Order Confirmation", "sent", "ORD-101.confirmation", "0" * 64, TIME),
                (2, "ada@example.com", "Your order ORD-101", "sent", "SHIP-888.1", "0" * 64, TIME),
                (
                    3,
                    "ada@example.com",
                    "Order Confirmation",
                    "pending",
                    "ORD-106.confirmation",
                    digest(
                        "ada@example.com",
                        "Order Confirmation",
                        "Your order ORD-106 has been placed successfully.",
                    ),
                    TIME,
                ),
            ],
        )
    ],
    "orders": [
        (
            "orders (id, user_id, status, total, payment_method, payment_token, address, carrier, email,"
            " idempotency_key, request_hash, payment_id, tracking_id, reason, confirmed, created_at)",
            [
                (1, 1, "paid", 15995, *WISH, "key-1", "0" * 64, "PAY-555", "SHIP-888", None, 1, TIME),
                (2, 1, "payment_failed", 4999, *WISH, "key-2", "0" * 64, "PAY-556", None, None, 0, TIME),
                (3, 1, "cancelled", 17991, *WISH, "key-3", "0" * 64, None, None, "Product 2 is short.", 0, TIME),
                (4, 1, "paid", 14997, *WISH, "key-4", "0" * 64, "PAY-557", None, None, 0, TIME),
                (5, 1, "pending", 9998, *WISH, None, "0" * 64, None, None, None, 0, TIME),
                (6, 1, "paid", 4999, *WISH, "key-6", "0" * 64, "PAY-558", "SHIP-889", None, 0, TIME),
            ],
        ),
        (
            "order_lines (order_id, product_id, quantity, price, position)",
            [
                (1, 1, 2, 4999, 0),
                (1, 2, 3, 1999, 1),
                (2, 1, 1, 4999, 0),
                (3, 2, 9, 1999, 0),
                (4, 1, 3, 4999, 0),
                (5, 1, 2, 4999, 0),
                (6, 1, 1, 4999, 0),
            ],
        ),
    ],
}
"""A product that is no longer sold, and orders in several states.

The orders are delivered, declined or short, or still to be sent, paid or confirmed.
"""


async def fill(database: Database, service: ServiceName) -> None:
    """Write the rows of a service."""
    for target, rows in ROWS[service]:
        for row in rows:
            places = ", ".join(f"${place}" for place in range(1, len(row) + 1))
            await database.execute(f"INSERT INTO {target} VALUES ({places})", *row)


@pytest.fixture
async def old_shop(new_database: NewDatabase, tmp_path: Path) -> Settings:
    """A shop as the version before left it, with the customer ada and the admin grace."""
    urls = {name: new_database(f"old_{name}") for name in SERVICES}
    settings = Settings.model_validate(
        {"data_dir": tmp_path, **{name: {"database_url": url} for name, url in urls.items()}}
    )
    auth = Service("auth", with_secrets(settings))
    async with auth.running():
        for name, role in ("ada", "customer"), ("grace", "admin"):
            await auth.domain.register(name, f"{name}@example.com", PASSWORD, "123 Main Street", role)
    for service in ROWS:
        released = tmp_path / service / "migrations"
        released.mkdir(parents=True)
        (first,) = migrations_of(service).glob("0001_*.py")
        shutil.copy(first, released)
        database = await open_database(urls[service], released)
        await fill(database, service)
        await database.close()
    return settings


async def until_delivered(user: User, order_id: str) -> None:
    """Orders reads of it in the feed of Shipping."""
    while True:
        if (await user.shop.orders.get_order(order_id)).status == "delivered":
            return
        await asyncio.sleep(0.05)


async def test_an_old_shop_goes_on_and_its_books_add_up(old_shop: Settings) -> None:
    async with running_shop(old_shop) as shop:
        ada = User(1, "ada@example.com", shop.client.login("ada", PASSWORD))
        grace = shop.client.login("grace", PASSWORD)
        await shop.settled()

        findings = (await look(grace, 3600, 0))[1]
        await until_delivered(ada, "ORD-101")
        orders = {order.order_id: order.status async for order in ada.shop.orders.iter_orders()}
        assert [] == findings
        assert {
            "ORD-101": "delivered",
            "ORD-102": "payment_failed",
            "ORD-103": "cancelled",
            "ORD-104": "shipped",
            "ORD-105": "shipped",
            "ORD-106": "shipped",
        } == orders
        assert [(100, 92, 0, 8), (3, 0, 0, 3)] == [
            (book.received, book.on_hand, book.reserved, book.sold) async for book in grace.catalog.iter_stock()
        ]
        assert ["placed", "paid", "shipped"] == [
            event.step async for event in ada.shop.orders.iter_order_events("ORD-101")
        ][:3]


async def test_what_was_bought_before_can_be_given_back_and_new_ids_go_on_from_the_old(old_shop: Settings) -> None:
    async with running_shop(old_shop) as shop:
        ada = User(1, "ada@example.com", shop.client.login("ada", PASSWORD))
        grace = shop.client.login("grace", PASSWORD)
        await shop.settled()

        await until_delivered(ada, "ORD-101")
        await grace.orders.refund_order("ORD-101", amount=159.95, idempotency_key="refund-1")
        await ada.shop.cart.get_cart()
        bought = (await ada.checkout("key-7")).parsed
        await shop.settled()

        assert "refunded" == (await ada.shop.orders.get_order("ORD-101")).status
        assert ("ORD-107", 99.98) == (bought.order_id, float(bought.total))
        assert 3 == await shop.product("Lamp")
        assert [] == (await look(grace, 3600, 0))[1]

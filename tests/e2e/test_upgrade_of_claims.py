"""Carts that were being bought while the shop was upgraded to claims: the work left behind is done, and once."""

from __future__ import annotations

import shutil
from pathlib import Path

from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.kit.database import migrations_of, open_database
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.services.settings import Settings
from minishop_server.tools.audit.command import look
from tests.support.postgres import NewDatabase
from tests.support.shop import PASSWORD, User, running_shop

TIME = "2025-10-06T18:21:00Z"
WISH = f"'credit_card', '1 Water Street', 'Canada Post', 'ada@example.com', 'x', '{TIME}', '{TIME}'"
ROWS: dict[ServiceName, list[str]] = {
    "cart": [
        "INSERT INTO carts (user_id, version) VALUES (1, 9)",
        "INSERT INTO cart_lines (user_id, product_id, quantity, shown_price, position)"
        " VALUES (1, 1, 3, 499, 1), (1, 2, 2, 199, 2)",
    ],
    # The first was paid, and its cart is still to be emptied; the second is to be paid; the third came to nothing.
    "orders": [
        "INSERT INTO orders (id, user_id, status, total, payment_method, address, carrier, email, request_hash,"
        " created_at, updated_at, cart_version, payment_id, tracking_id) VALUES"
        f" (1, 1, 'shipped', 998, {WISH}, 4, 'PAY-555', 'SHIP-888'), (2, 1, 'pending', 199, {WISH}, 7, NULL, NULL),"
        f" (3, 1, 'payment_failed', 499, {WISH}, NULL, 'PAY-556', NULL)",
        "INSERT INTO order_lines (order_id, product_id, quantity, price, position)"
        " VALUES (1, 1, 2, 499, 0), (2, 2, 1, 199, 0), (3, 1, 1, 499, 0)",
        "INSERT INTO work (kind, key, payload, request_id, due, attempts, created_at) VALUES"
        f""" ('clear_cart', 'ORD-101', '{{"user_id": 1, "version": 4}}', 'r', 0, 0, '{TIME}'),"""
        f" ('checkout', 'ORD-102', '{{}}', 'r', 0, 0, '{TIME}')",
    ],
    "payments": [
        "INSERT INTO payments (id, order_id, amount, method, state, captured, created_at) VALUES"
        f" (1, 'ORD-101', 998, 'credit_card', 'captured', 998, '{TIME}'),"
        f" (2, 'ORD-103', 499, 'credit_card', 'declined', NULL, '{TIME}')",
    ],
    "shipping": [
        "INSERT INTO shipments (id, order_id, address, carrier, status, user_id, recipient, created_at) VALUES"
        f" (1, 'ORD-101', '1 Water Street', 'Canada Post', 'in_transit', 1, 'ada@example.com', '{TIME}')",
    ],
}


async def test_what_was_being_bought_leaves_the_cart_after_the_upgrade(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    urls = {name: new_database(f"old_{name}") for name in SERVICES}
    settings = Settings.model_validate(
        {"data_dir": tmp_path, **{name: {"database_url": url} for name, url in urls.items()}}
    )
    auth, catalog = (Service(name, with_secrets(settings)) for name in ("auth", "catalog"))
    async with auth.running(), catalog.running():
        for name, role in ("ada", "customer"), ("grace", "admin"):
            await auth.domain.register(name, f"{name}@example.com", PASSWORD, "123 Main Street", role)
        for name, price in ("Tea", 499), ("Milk", 199):
            await catalog.domain.add_product(name, price, 100)
    for service, statements in ROWS.items():
        (released := tmp_path / service / "migrations").mkdir(parents=True)
        for revision in migrations_of(service).glob("000[12]_*.py"):
            shutil.copy(revision, released)
        database = await open_database(urls[service], released)
        for statement in statements:
            await database.execute(statement)
        await database.close()

    async with running_shop(settings) as shop:
        ada = User(1, "ada@example.com", shop.client.login("ada", PASSWORD))
        grace = shop.client.login("grace", PASSWORD)
        await shop.settled()

        assert [(1, 1), (2, 1)] == [(line.product_id, line.quantity) for line in (await ada.shop.cart.get_cart()).items]
        third = (await ada.checkout()).parsed
        await shop.settled()

        assert ("ORD-104", 6.98) == (third.order_id, float(third.total))
        found = (await look(grace, 3600, 0))[1]
        assert [] == [str(finding) for finding in found if finding.service == "cart"]

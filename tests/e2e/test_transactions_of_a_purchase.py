"""The database transactions of a purchase: on a disk, each is a wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from minishop_server.kit.database import Connection, Database
from minishop_server.kit.outbox import worker
from minishop_server.kit.settings import SERVICES
from tests.support.shop import Shop, until_none

LIMITS = {
    "cart": 2,  # a line is added; the cart is emptied
    "orders": 3,  # the order is stored; it is paid; its jobs are done
    "catalog": 2,  # the stock is held; it is sold
    "payments": 2,  # the payment is there; the provider's answer is
    "shipping": 1,  # the parcel is there
    "notifications": 2,  # the message is there; it is out
}
"""The transactions of a purchase by service, twelve in all.

Reads begin no transaction and are not counted.
"""
SANDBOX = 1
"""The charge in the provider's own books, beside those of Payments: they stand for the world outside."""


def count_transactions(monkeypatch: pytest.MonkeyPatch, service: str, database: Database, counts: Counter[str]) -> None:
    """Count the transactions of a service.

    On SQLite, a statement that writes by itself counts too.
    """
    begin = database.transaction

    @asynccontextmanager
    async def transaction() -> AsyncIterator[Connection]:
        counts[service] += 1
        async with begin() as connection:
            yield connection

    monkeypatch.setattr(database, "transaction", transaction)


async def test_a_purchase_takes_twelve_transactions_over_all_services(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = sqlite_shop
    ada, keyboard = await shop.customer(), await shop.product()
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=1)
    await ada.checkout()
    await shop.settled()
    # On a busy machine, too, the work after the payment is recorded together.
    monkeypatch.setattr(worker, "LINGER", 1.0)
    counts = Counter[str]()
    for service in SERVICES:
        count_transactions(monkeypatch, service, shop.domain(service).database, counts)

    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=1)
    order = await ada.checkout()
    await shop.settled()
    await until_none(shop.domain("notifications").database, "SELECT id FROM work")

    counts["payments"] -= SANDBOX
    assert (201, 12) == (order.status, sum(LIMITS.values()))
    assert {} == {service: count for service, count in counts.items() if count > LIMITS.get(service, 0)}

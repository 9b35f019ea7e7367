"""The metrics of a whole shop: its outcomes, its work and its readiness."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

import minishop_client
from minishop_server.hosting.monitoring import readings
from minishop_server.hosting.monitoring.readings import OLDEST, READY, WORK, Readings
from minishop_server.kit.settings import SERVICES
from minishop_server.services.notifications.domain import OUTCOMES as MAILS
from minishop_server.services.orders.state_machine import OUTCOMES as ORDERS
from minishop_server.services.payments.state_machine import OUTCOMES as PAYMENTS
from tests.support.payments import until
from tests.support.shop import Shop

Rows = Mapping[tuple[str, ...], float]


def news(before: Rows, after: Rows) -> dict[str, float]:
    """The outcomes that were counted meanwhile."""
    return {labels[-1]: after[labels] - before[labels] for labels in after if after[labels] != before[labels]}


async def test_orders_and_payments_and_mails_are_counted_by_their_outcome(sqlite_shop: Shop) -> None:
    before = [dict(counter.rows) for counter in (ORDERS, PAYMENTS, MAILS)]
    ada, grace = await sqlite_shop.customer(), await sqlite_shop.admin()
    product = await sqlite_shop.product(stock=3)

    await ada.shop.cart.add_cart_item(product_id=product, quantity=2)
    with pytest.raises(minishop_client.PaymentDeclined):
        await ada.checkout(payment_token="tok_declined")
    await ada.checkout()
    await sqlite_shop.settled()
    await ada.shop.cart.add_cart_item(product_id=product, quantity=2)
    with pytest.raises(minishop_client.OutOfStock):
        await ada.checkout()
    (order,) = await ada.shop.orders.list_orders(status="shipped")
    await grace.shop.orders.cancel_order(order.order_id)
    await sqlite_shop.settled()

    async def is_refunded() -> bool:  # which is counted after the commit
        return "refunded" in news(before[0], ORDERS.rows)

    await until(is_refunded)

    orders, payments, mails = (
        news(counts, counter.rows) for counts, counter in zip(before, (ORDERS, PAYMENTS, MAILS), strict=True)
    )
    assert {"placed": 3, "declined": 1, "paid": 1, "out_of_stock": 1, "shipped": 1, "cancelled": 1, "refunded": 1} == (
        orders
    )
    assert (1, 1) == (payments["captured"], payments["declined"])
    assert mails["sent"] >= 1
    assert "refused" not in mails


async def test_every_service_is_ready_and_every_kind_of_work_has_a_row(sqlite_shop: Shop) -> None:
    services = sqlite_shop.gateway.services
    WORK.rows.clear()

    await Readings(services.values()).read()

    assert dict.fromkeys(((name,) for name in SERVICES), 1) == READY.rows
    assert {"checkout", "ship", "notify", "refund"} <= {kind for service, kind, _ in WORK.rows if service == "orders"}
    assert {"auth", "orders", "payments", "shipping", "notifications"} == {service for service, _, _ in WORK.rows}
    assert {labels[:2] for labels in WORK.rows} == OLDEST.rows.keys()


async def test_a_service_whose_database_does_not_answer_is_not_ready_and_tells_no_old_numbers(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "FRESH", 0.0)
    monkeypatch.setattr(readings, "SECONDS", 0.05)
    reader = Readings(sqlite_shop.gateway.services.values())
    await reader.read()

    async def hang(domain: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(sqlite_shop.gateway.services["orders"], "readyz", hang)
    await reader.read()

    assert (0, 1) == (READY.rows["orders",], READY.rows["cart",])
    assert "orders" not in {service for service, _, _ in WORK.rows}


async def test_many_scrapes_at_once_read_the_databases_once(sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, times = Readings(sqlite_shop.gateway.services.values()), 0
    work = sqlite_shop.domain("orders").work

    async def amounts() -> list[object]:
        nonlocal times
        times += 1
        return []

    monkeypatch.setattr(work, "amounts", amounts)
    await asyncio.gather(*(reader.read() for _ in range(5)))

    assert 1 == times

"""After the checkout: cancelling, returns, refunds, the timeline, and parked jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest

from minishop_client import Conflict, Forbidden, NotFound
from minishop_server.kit.outbox import worker
from tests.support.orders import RunReplica, bought, delivered, money, state, steps
from tests.support.shop import Gate, Shop, User, until_none


async def test_the_timeline_tells_each_step_its_time_its_actor_and_its_request(shop: Shop) -> None:
    await shop.product()
    ada = await shop.customer()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    request_id = (await ada.checkout()).headers["X-Request-Id"]
    await shop.settled()

    events = await ada.shop.orders.list_order_events("ORD-101")

    assert ["placed", "paid"] == [event.step for event in events][:2]
    assert {"shipped", "confirmed"} == {event.step for event in events[2:]}
    assert [f"user_{ada.id}", *["service_orders"] * 3] == [event.actor for event in events]
    assert {request_id} == {event.request_id for event in events}
    first = await ada.shop.orders.with_headers.list_order_events("ORD-101", limit=3)
    rest = await ada.shop.orders.list_order_events("ORD-101", limit=3, cursor=first.next_cursor)
    assert events == [*first.parsed, *rest]


async def test_an_order_that_is_not_shipped_is_cancelled_by_its_owner_and_everything_goes_back(shop: Shop) -> None:
    await shop.product()
    ada = await shop.customer()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    shop.wire.cut("/shipping")
    await ada.checkout()
    assert ("cancel_order",) == (await ada.shop.orders.get_order("ORD-101")).allowed_actions

    order = await ada.shop.orders.cancel_order("ORD-101")

    assert ("cancelled", ()) == (order.status, order.allowed_actions)
    shop.wire.mend()
    await shop.settled()
    order = await ada.shop.orders.cancel_order("ORD-101")
    assert ("refunded", 99.98) == (order.status, float(order.refunded))
    assert ([(9998, 9998)], 100) == (await money(shop), await shop.stock(1))
    timeline = await steps(ada.shop)
    assert (["placed", "paid"], "refunded") == (timeline[:2], timeline[-1])
    assert "cancelled" in timeline
    with suppress(NotFound):  # it was on its way to Shipping already, and is called back
        assert "cancelled" == (await ada.shop.shipping.get_shipment("ORD-101")).status


async def test_an_order_that_is_being_paid_is_cancelled_and_a_late_charge_finds_it_closed(shop: Shop) -> None:
    await shop.product()
    ada = await shop.customer()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    shop.wire.gates["POST /payments/process"] = gate = Gate()
    request = asyncio.create_task(ada.checkout())
    await gate.reached.wait()
    await ada.shop.orders.cancel_order("ORD-101")
    await until_none(shop.domain("orders").database, "SELECT id FROM work WHERE kind = 'undo'")
    gate.opened.set()

    with pytest.raises(Conflict) as refusal:
        await request

    await shop.settled()
    assert ("order_cancelled", "cancelled") == (refusal.value.code, await state(ada))
    payment = await shop.domain("payments").database.fetchrow(dict, "SELECT state FROM payments")
    assert ("voided", 100) == (payment["state"], await shop.stock(1))
    assert "paid" == (await ada.checkout("key-2")).parsed.status


async def test_a_shipped_order_is_called_back_by_an_admin_but_not_by_its_owner(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    assert ("cancel_order",) == (await grace.shop.orders.get_order("ORD-101")).allowed_actions

    with pytest.raises(Conflict) as refusal:
        await ada.shop.orders.cancel_order("ORD-101")
    await grace.shop.orders.cancel_order("ORD-101")
    await shop.settled()

    assert "not_allowed_now" == refusal.value.code
    assert ("refunded", [(9998, 9998)], 100) == (await state(ada), await money(shop), await shop.stock(1))
    parcel = await shop.domain("shipping").database.fetchrow(dict, "SELECT status FROM shipments")
    assert "cancelled" == parcel["status"]


async def test_a_delivered_order_is_not_cancelled_any_more(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    for status in "out_for_delivery", "delivered":
        await grace.shop.shipping.update_shipment("ORD-101", status=status)

    with pytest.raises(Conflict) as before_orders_knows:
        await grace.shop.orders.cancel_order("ORD-101")
    await shop.domain("orders").track()
    with pytest.raises(Conflict) as after:
        await grace.shop.orders.cancel_order("ORD-101")

    assert ["not_allowed_now"] * 2 == [refusal.value.code for refusal in (before_orders_knows, after)]
    assert ("delivered", [(9998, 0)]) == (await state(ada), await money(shop))


async def test_a_parcel_that_comes_back_is_a_cancelled_order(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    for status in "exception", "returned":
        await grace.shop.shipping.update_shipment("ORD-101", status=status)

    await shop.domain("orders").track()
    await shop.settled()

    order = await ada.shop.orders.get_order("ORD-101")
    assert ("refunded", "The parcel came back.") == (order.status, order.reason)
    assert ([(9998, 9998)], 100) == (await money(shop), await shop.stock(1))


async def test_two_processes_learn_of_a_delivery_once(shop: Shop, replica: RunReplica) -> None:
    ada, grace = await bought(shop), await shop.admin()
    async with replica(shop) as other:
        await delivered(shop, grace)
        await asyncio.gather(other.track(), shop.domain("orders").track())

    assert 1 == (await steps(ada.shop)).count("delivered")


async def test_a_delivery_that_is_known_before_the_shipment_is_noted_is_not_missed(shop: Shop) -> None:
    await shop.product()
    ada, grace = await shop.customer(), await shop.admin()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)

    def lose(call: str) -> None:
        if call == "POST /shipping/create":
            raise ConnectionError

    shop.wire.after = lose
    await ada.checkout()
    await until_none(shop.domain("shipping").database, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM shipments)")
    await delivered(shop, grace)

    assert ("delivered", "SHIP-888") == (
        await state(ada),
        (await ada.shop.orders.get_order("ORD-101")).tracking_id,
    )
    shop.wire.mend()
    await shop.settled()
    assert "delivered" == await state(ada)


async def test_what_another_customer_bought_does_not_exist(sqlite_shop: Shop) -> None:
    await bought(sqlite_shop)
    bob = await sqlite_shop.customer("bob")

    for call in (bob.shop.orders.cancel_order, bob.shop.orders.request_return, bob.shop.orders.list_order_events):
        with pytest.raises(NotFound):
            await call("ORD-101")
    with pytest.raises(Forbidden):
        await bob.shop.orders.list_work()


async def test_work_that_fails_too_often_is_parked_shown_and_resumed(
    shop: Shop, confirmations: Callable[[User], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LIMIT", 2)
    grace = await shop.admin()
    shop.wire.cut("/notifications")
    ada = await bought(shop)

    [work] = await grace.shop.orders.list_work()

    assert ("notify", "ORD-101", 2, "unavailable") == (work.kind, work.order_id, work.attempts, work.error)
    assert [] == await grace.shop.orders.list_work(parked=False)
    assert 0 == confirmations(ada)
    shop.wire.mend()
    assert 0 == (await grace.shop.orders.resume_work(work.work_id)).attempts
    await shop.settled()
    assert 1 == confirmations(ada)
    with pytest.raises(NotFound):
        await grace.shop.orders.resume_work(work.work_id)


async def test_work_is_listed_in_pages(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LIMIT", 1)
    grace = await shop.admin()
    shop.wire.cut("/notifications", "/shipping")
    await bought(shop)
    while len(await grace.shop.orders.list_work()) < 2:  # noqa: ASYNC110 - another task parks it
        await asyncio.sleep(0.02)

    kinds = [work.kind async for work in grace.shop.orders.iter_work(limit=1)]

    assert ["notify", "ship"] == sorted(kinds)


async def test_the_place_in_the_feed_that_an_earlier_version_kept_is_read_on_from(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    await shop.settled()
    orders = shop.domain("orders")
    await orders.track()
    async with orders.database.transaction() as connection:
        await connection.execute("UPDATE feeds SET cursor = 'c_1' WHERE name = 'shipping'")
    for status in "out_for_delivery", "delivered":
        await grace.shop.shipping.update_shipment("ORD-101", status=status)

    await orders.track()

    assert "delivered" == (await ada.shop.orders.get_order("ORD-101")).status
    row = await orders.database.fetchrow(dict, "SELECT cursor FROM feeds WHERE name = 'shipping'")
    assert row is not None
    assert row["cursor"].startswith("c2_")


async def test_the_books_tell_what_the_other_services_must_show(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    bob = await shop.customer("bob")
    for token in "tok_declined", "tok_approved":
        await bob.shop.cart.clear_cart()
        await bob.shop.cart.add_cart_item(product_id=1, quantity=1)
        await asyncio.gather(bob.checkout(payment_token=token), return_exceptions=True)
    await shop.settled()
    await grace.shop.orders.cancel_order("ORD-103")
    await shop.settled()

    books = await grace.shop.orders.list_order_books()

    def told(book: Any) -> tuple[Any, ...]:
        lines = [(line.product_id, line.quantity) for line in book.lines]
        return (book.status, book.owed, lines, book.holds_stock, book.must_ship, book.must_tell, book.open_work)

    assert [
        ("shipped", Decimal("99.98"), [(1, 2)], True, True, True, False),
        ("payment_failed", 0, [(1, 1)], False, False, False, False),
        ("refunded", 0, [(1, 1)], False, False, True, False),
    ] == [told(book) for book in books]
    assert [ada.id, bob.id, bob.id] == [book.user_id for book in books]
    first = await grace.shop.orders.with_headers.list_order_books(limit=2)
    assert books[2:] == await grace.shop.orders.list_order_books(cursor=first.next_cursor)

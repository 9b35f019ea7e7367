"""Parcels move forward, and every move is told once."""

from __future__ import annotations

import asyncio
import mailbox
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from minishop_client import Conflict, NotFound
from minishop_server.kit import background
from minishop_server.kit.outbox import worker
from minishop_server.kit.tokens import Caller
from minishop_server.services.settings import Settings
from minishop_server.services.shipping.errors import Delivered, ShipmentCancelled
from minishop_server.services.shipping.state_machine import REPORTED
from tests.support.shop import Shop, User, running_shop

WAYS_TO = {
    "in_transit": [],
    "out_for_delivery": ["out_for_delivery"],
    "delivered": ["out_for_delivery", "delivered"],
    "exception": ["exception"],
    "returned": ["exception", "returned"],
}
"""`cancelled` is reached in another way."""
GRACE = Caller("user_1", "grace", "admin", "")


async def sent(shop: Shop, order_id: str, user: User) -> None:
    """A parcel for a user's order."""
    await shop.domain("shipping").create(order_id, "123 Main Street", "Canada Post", user.id, user.email)


async def all_told(shop: Shop) -> None:
    """Wait until Shipping owes no customer any word."""
    async with asyncio.timeout(20):
        while await shop.domain("shipping").database.fetch(dict, "SELECT id FROM work"):  # noqa: ASYNC110 - it is another task's
            await asyncio.sleep(0.02)


def subjects(folder: Path) -> list[str]:
    """Of all mails, the oldest first."""
    mails = sorted(mailbox.Maildir(folder / "mail"), key=lambda mail: int(mail["Message-ID"][1:].partition(".")[0]))
    return [mail["Subject"] for mail in mails]


async def test_a_parcel_makes_the_moves_of_the_table_and_no_other(shop: Shop) -> None:
    grace, ada = await shop.admin(), await shop.customer()
    number = 101
    for state, way in WAYS_TO.items():
        for target in WAYS_TO:
            order_id, number = f"ORD-{number}", number + 1
            await sent(shop, order_id, ada)
            for step in way:
                await grace.shop.shipping.update_shipment(order_id, status=step)  # type: ignore[arg-type]
            if state in (REPORTED[target].before if target in REPORTED else ()) or target == state:
                moved = await grace.shop.shipping.update_shipment(order_id, status=target)  # type: ignore[arg-type]
                assert target == moved.status
            else:
                with pytest.raises(Conflict) as refusal:
                    await grace.shop.shipping.update_shipment(order_id, status=target)  # type: ignore[arg-type]
                assert "not_forward" == refusal.value.code
                assert state == (await ada.shop.shipping.get_shipment(order_id)).status


async def test_a_parcel_is_made_once_for_an_order(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    ada = await shop.customer()
    shipping = shop.domain("shipping")

    first, new = await shipping.create("ORD-101", "123 Main Street", "Canada Post", ada.id, ada.email)
    again, new_again = await shipping.create("ORD-101", "5 Water Street", "Purolator", ada.id, ada.email)

    assert (True, False, first["id"]) == (new, new_again, again["id"])


async def test_the_customer_is_told_of_each_move_once(sqlite_shop: Shop, tmp_path: Path) -> None:
    shop = sqlite_shop
    grace, ada = await shop.admin(), await shop.customer()
    await sent(shop, "ORD-101", ada)

    for status in ("out_for_delivery", "out_for_delivery", "delivered", "delivered"):
        await grace.shop.shipping.update_shipment("ORD-101", status=status)
        await all_told(shop)

    assert ["Your order ORD-101 is out for delivery", "Your order ORD-101 has been delivered"] == subjects(tmp_path)


async def test_what_could_not_be_told_is_told_later_and_once(shop: Shop, tmp_path: Path) -> None:
    grace, ada = await shop.admin(), await shop.customer()
    await sent(shop, "ORD-101", ada)
    shop.wire.cut("/notifications")
    moved = await grace.shop.shipping.update_shipment("ORD-101", status="exception")
    assert ("exception", []) == (moved.status, subjects(tmp_path))

    shop.wire.mend()
    await all_told(shop)

    assert ["Your order ORD-101 has been held up"] == subjects(tmp_path)


async def test_what_was_parked_is_told_without_an_admin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LIMIT", 1)
    settings = Settings(data_dir=tmp_path)
    async with running_shop(settings) as shop:
        grace, ada = await shop.admin(), await shop.customer()
        await sent(shop, "ORD-101", ada)
        shop.wire.cut("/notifications")
        await grace.shop.shipping.update_shipment("ORD-101", status="exception")
        work = shop.domain("shipping").work
        await work.wait("tell", "SHIP-888.1.exception", 20)
        assert 1 == len(await work.rows(parked=True, limit=2, before=None))
    monkeypatch.setattr(background, "RESUME_SECONDS", 0.02)

    async with running_shop(settings) as shop:
        await all_told(shop)

    assert ["Your order ORD-101 has been held up"] == subjects(tmp_path)


async def test_a_move_whose_telling_lost_its_answer_is_not_told_twice(sqlite_shop: Shop, tmp_path: Path) -> None:
    shop = sqlite_shop
    grace, ada = await shop.admin(), await shop.customer()
    await sent(shop, "ORD-101", ada)
    lost = []

    def lose(call: str) -> None:
        if call == "POST /notifications/send" and not lost:
            lost.append(call)
            raise httpx.ReadError("The answer is lost.")

    shop.wire.after = lose
    await grace.shop.shipping.update_shipment("ORD-101", status="exception")
    await all_told(shop)

    assert (["POST /notifications/send"], ["Your order ORD-101 has been held up"]) == (lost, subjects(tmp_path))


async def test_a_parcel_without_a_recipient_moves_in_silence(sqlite_shop: Shop, tmp_path: Path) -> None:
    shop = sqlite_shop
    grace = await shop.admin()
    await shop.domain("shipping").create("ORD-101", "123 Main Street", "Canada Post", None, None)

    for before, after in pairwise(["in_transit", "exception", "returned"]):
        assert before == (await grace.shop.shipping.get_shipment("ORD-101")).status
        await grace.shop.shipping.update_shipment("ORD-101", status=after)  # type: ignore[arg-type]

    assert [] == await shop.domain("shipping").database.fetch(dict, "SELECT * FROM work")
    assert [] == subjects(tmp_path)


async def test_a_parcel_that_was_called_back_moves_no_more_and_is_not_sent_again(shop: Shop) -> None:
    grace, ada, shipping = await shop.admin(), await shop.customer(), shop.domain("shipping")
    await sent(shop, "ORD-101", ada)

    await asyncio.gather(*(shipping.cancel("ORD-101") for _ in range(5)))

    assert "cancelled" == (await ada.shop.shipping.get_shipment("ORD-101")).status
    with pytest.raises(Conflict) as refusal:
        await grace.shop.shipping.update_shipment("ORD-101", status="out_for_delivery")
    assert "not_forward" == refusal.value.code
    with pytest.raises(ShipmentCancelled):
        await sent(shop, "ORD-101", ada)
    assert ["cancelled"] == [event["status"] for event in await shipping.events(GRACE, 10, None)]


async def test_a_cancellation_that_comes_before_its_parcel_keeps_it_from_being_made(shop: Shop) -> None:
    ada, shipping = await shop.customer(), shop.domain("shipping")

    await asyncio.gather(*(shipping.cancel("ORD-101") for _ in range(5)))

    with pytest.raises(ShipmentCancelled):
        await sent(shop, "ORD-101", ada)
    with pytest.raises(NotFound):
        await ada.shop.shipping.get_shipment("ORD-101")
    assert ["cancelled"] == [row["status"] for row in await shipping.shipments(10, None)]
    assert [] == await shipping.events(GRACE, 10, None)


async def test_a_parcel_and_its_cancellation_at_once_leave_nothing_on_its_way(shop: Shop) -> None:
    ada, shipping = await shop.customer(), shop.domain("shipping")
    orders = [f"ORD-{number}" for number in range(101, 111)]

    await asyncio.gather(
        *(act for order in orders for act in (sent(shop, order, ada), shipping.cancel(order))), return_exceptions=True
    )

    assert {"cancelled"} == {row["status"] for row in await shipping.shipments(100, None)}


async def test_what_was_delivered_cannot_be_called_back_and_what_came_back_stays_so(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    grace, ada, shipping = await shop.admin(), await shop.customer(), shop.domain("shipping")
    for order, way in [("ORD-101", ["out_for_delivery", "delivered"]), ("ORD-102", ["exception", "returned"])]:
        await sent(shop, order, ada)
        for status in way:
            await grace.shop.shipping.update_shipment(order, status=status)  # type: ignore[arg-type]

    with pytest.raises(Delivered):
        await shipping.cancel("ORD-101")
    await shipping.cancel("ORD-102")

    assert ["delivered", "returned"] == [row["status"] for row in await shipping.shipments(10, None)]


async def test_a_reader_of_the_feed_misses_no_move_and_sees_none_twice(shop: Shop) -> None:
    grace, ada, shipping = await shop.admin(), await shop.customer(), shop.domain("shipping")
    orders = [f"ORD-{number}" for number in range(101, 121)]
    for order in orders:
        await sent(shop, order, ada)
    seen: list[Any] = []
    over = asyncio.Event()

    async def read() -> None:
        while True:
            last = over.is_set()
            page = await shipping.events(GRACE, 3, seen[-1]["id"] if seen else None)
            seen.extend(page)
            if last and not page:
                return
            await asyncio.sleep(0)

    async def move(order: str) -> None:
        for status in "out_for_delivery", "delivered":
            await grace.shop.shipping.update_shipment(order, status=status)  # type: ignore[arg-type]

    reader = asyncio.create_task(read())
    await asyncio.gather(*map(move, orders))
    over.set()
    await reader

    assert list(range(1, 41)) == [event["id"] for event in seen]
    for order in orders:
        assert ["out_for_delivery", "delivered"] == [e["status"] for e in seen if e["order_id"] == order]


async def test_shipments_and_their_moves_are_listed_in_pages(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    grace, ada = await shop.admin(), await shop.customer()
    for number in 101, 102, 103:
        await sent(shop, f"ORD-{number}", ada)
        await grace.shop.shipping.update_shipment(f"ORD-{number}", status="exception")
    admin = grace.shop.shipping

    assert ["SHIP-888", "SHIP-889", "SHIP-890"] == [s.tracking_id async for s in admin.iter_shipments(limit=2)]
    first = await admin.list_shipment_events(limit=2)
    rest = await admin.list_shipment_events(cursor=first[-1].cursor)
    assert ["ORD-101", "ORD-102", "ORD-103"] == [event.order_id for event in [*first, *rest]]
    assert [] == await admin.list_shipment_events(cursor=rest[-1].cursor)


async def test_a_parcel_is_seen_by_its_customer_and_admins_and_not_there_for_others(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    grace, ada, bob = await shop.admin(), await shop.customer(), await shop.customer("bob")
    await sent(shop, "ORD-101", ada)

    for user in grace, ada:
        assert "SHIP-888" == (await user.shop.shipping.get_shipment("ORD-101")).tracking_id
    for user, order_id in [(bob, "ORD-101"), (ada, "ORD-102"), (grace, "ORD-102")]:
        with pytest.raises(NotFound):
            await user.shop.shipping.get_shipment(order_id)
    with pytest.raises(NotFound):
        await grace.shop.shipping.update_shipment("ORD-102", status="delivered")


async def test_orders_calls_a_parcel_back_over_http(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    grace, ada, shipping = await shop.admin(), await shop.customer(), shop.orders().shipping
    for order in "ORD-101", "ORD-102":
        await shipping.create_shipment(order_id=order, address="123 Main Street", carrier="Canada Post", user_id=ada.id)
    for status in "out_for_delivery", "delivered":
        await grace.shop.shipping.update_shipment("ORD-102", status=status)  # type: ignore[arg-type]

    await shipping.cancel_shipment("ORD-101")
    await shipping.cancel_shipment("ORD-101")
    with pytest.raises(Conflict) as late:
        await shipping.cancel_shipment("ORD-102")
    with pytest.raises(Conflict) as again:
        await shipping.create_shipment(order_id="ORD-101", address="123 Main Street", carrier="Canada Post")

    assert ("delivered", "shipment_cancelled") == (late.value.code, again.value.code)

"""Old rows are deleted in small steps, and nothing that others still need: see docs/retention.md."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from minishop_client import Conflict, Unprocessable
from minishop_server.kit.clock import DAY, now
from minishop_server.kit.database import PART, Database, delete_in_parts
from minishop_server.tools.audit.command import look
from tests.support.clocks import turn_forward
from tests.support.shop import ADDRESS, PASSWORD, Shop, User


async def count(database: Database, table: str) -> int:
    return await database.fetchval(int, f"SELECT COUNT(*) FROM {table}") or 0


async def buy(shop: Shop, user: User, product: int) -> str:
    """An order that is sent."""
    await user.shop.cart.add_cart_item(product_id=product, quantity=1)
    order = (await user.checkout(address=ADDRESS)).parsed.order_id
    await shop.settled()
    return str(order)


async def delivered(shop: Shop, order: str, *moves: str) -> None:
    grace = shop.client.login("grace", PASSWORD)
    for move in moves:
        await grace.shipping.update_shipment(order, status=move)
    await shop.domain("orders").track()
    await shop.domain("orders").track()  # the second one shows Shipping how far the first one read
    await shop.settled()


async def forget_everything(shop: Shop) -> None:
    """A round of each service's cleaning with the default settings."""
    await shop.domain("auth").clean()
    await shop.domain("notifications").forget_old(90)
    await shop.domain("payments").forget_old(90)
    await shop.domain("shipping").forget_old(365)


async def test_events_of_the_audit_log_are_deleted_after_a_year_and_newer_ones_cannot_be(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    auth = shop.domain("auth")
    await auth.journal.note("denied", actor="user_1")
    turn_forward(monkeypatch, 364 * DAY)
    await auth.journal.note("denied", actor="user_2")
    await auth.clean()
    kept = [event["actor"] for event in await auth.journal.events(10)]
    turn_forward(monkeypatch, 366 * DAY)
    await auth.clean()
    left = [event["actor"] for event in await auth.journal.events(10)]

    with pytest.raises(Exception, match="append-only"):
        await auth.database.execute("DELETE FROM audit")

    assert ["user_2", "user_1"] == kept
    assert ["user_2"] == left


async def test_the_text_of_a_failed_message_is_deleted_after_90_days_and_its_key_still_sends_no_second_one(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    grace, notifications = await shop.admin(), shop.domain("notifications")
    message = "user@example.com", "A subject", "The text.", "key-1"
    await notifications.send(*message)
    await notifications.database.execute(
        "UPDATE notifications SET status = 'failed', reason = '550', body = 'The text.'"
    )

    async def text() -> str | None:
        found: str | None = await notifications.database.fetchval(str, "SELECT body FROM notifications")
        return found

    turn_forward(monkeypatch, 89 * DAY)
    await notifications.forget_old(90)
    assert "The text." == await text()
    turn_forward(monkeypatch, 91 * DAY)
    await notifications.forget_old(90)
    assert await text() is None

    with pytest.raises(Conflict) as refused:
        await shop.client.login("grace", PASSWORD).notifications.resend_notification(1)
    row, replayed = await notifications.send(*message)
    (listed,) = await shop.client.login("grace", PASSWORD).notifications.list_notifications(recipient=message[0])

    assert "text_deleted" == refused.value.code
    assert (True, "failed", "failed") == (replayed, row["status"], listed.status)
    assert 1 == grace.id


async def test_digests_are_deleted_after_90_days_and_a_key_still_makes_one_order(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, product, orders = await shop.customer(), await shop.product(), shop.domain("orders")

    async def order(carrier: str) -> str:
        user = User(ada.id, ada.email, shop.client.login("ada", PASSWORD))
        await user.shop.cart.add_cart_item(product_id=product, quantity=1)
        return str((await user.checkout("key-1", address=ADDRESS, carrier=carrier)).parsed.order_id)

    first = await order("Canada Post")
    await shop.settled()
    turn_forward(monkeypatch, 89 * DAY)
    await orders.forget_old(90)
    with pytest.raises(Unprocessable):
        await order("DHL")
    turn_forward(monkeypatch, 91 * DAY)
    await orders.forget_old(90)
    await shop.domain("notifications").forget_old(90)
    digests = await shop.domain("notifications").database.fetchval(str, "SELECT MAX(request_hash) FROM notifications")

    assert first == await order("DHL")
    assert 1 == await count(orders.database, "orders")
    assert "" == digests


async def test_old_rows_are_deleted_while_the_shop_sells(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    grace, product, auth = await shop.admin(), await shop.product(), shop.domain("auth")
    async with auth.database.transaction() as connection:
        for _ in range(5 * PART):
            await auth.journal.note("denied", actor="user_9", within=connection)
    turn_forward(monkeypatch, 366 * DAY)
    buyer = User(grace.id, grace.email, shop.client.login("grace", PASSWORD))
    cleaning, orders = asyncio.create_task(forget_everything(shop)), list[str]()
    while not cleaning.done():
        orders.append(await buy(shop, buyer, product))
    await cleaning
    _, findings = await look(shop.client.login("grace", PASSWORD), 60, 5)

    assert orders
    assert [] == [str(finding) for finding in findings]
    assert [] == await auth.journal.events(1, actor="user_9")


async def test_the_id_of_a_webhook_event_is_deleted_after_90_days(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    grace = await shop.admin()
    await buy(shop, grace, await shop.product())
    payments = shop.domain("payments")
    await payments.database.execute("INSERT INTO webhook_events (id, received_at) VALUES ('evt_1', $1)", now())
    turn_forward(monkeypatch, 89 * DAY)
    await payments.forget_old(90)
    kept = await count(payments.database, "webhook_events")
    turn_forward(monkeypatch, 91 * DAY)
    await payments.forget_old(90)

    assert kept > 0
    assert 0 == await count(payments.database, "webhook_events")
    assert 1 == await count(payments.database, "payments")


async def test_events_of_shipments_are_deleted_after_a_year_once_orders_has_read_them(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    grace, product, shipping = await shop.admin(), await shop.product(), shop.domain("shipping")
    first, second = await buy(shop, grace, product), await buy(shop, grace, product)
    await shop.client.login("grace", PASSWORD).shipping.update_shipment(first, status="out_for_delivery")
    turn_forward(monkeypatch, 366 * DAY)
    await shipping.forget_old(365)
    unread = await count(shipping.database, "events")
    await delivered(shop, second, "out_for_delivery", "exception")
    await shipping.forget_old(365)
    listed = await shop.client.login("grace", PASSWORD).shipping.list_shipment_events()
    moves = [(event.order_id, event.status) for event in listed]

    assert 1 == unread
    assert [(second, "out_for_delivery"), (second, "exception")] == moves
    assert "shipped" == (await shop.client.login("grace", PASSWORD).orders.get_order(first)).status


async def test_all_events_of_a_parcel_stay_as_long_as_its_last_one(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    grace, shipping = await shop.admin(), shop.domain("shipping")
    order = await buy(shop, grace, await shop.product())
    await delivered(shop, order, "out_for_delivery", "exception")
    turn_forward(monkeypatch, 366 * DAY)
    await delivered(shop, order, "out_for_delivery")
    await shipping.forget_old(365)

    assert 3 == await count(shipping.database, "events")


async def test_an_audit_after_the_deletion_finds_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    grace, product = await shop.admin(), await shop.product()
    for _ in range(2):
        await delivered(shop, await buy(shop, grace, product), "out_for_delivery", "delivered")
    turn_forward(monkeypatch, 366 * DAY)
    await forget_everything(shop)
    await delivered(shop, await buy(shop, User(grace.id, grace.email, shop.client.login("grace", PASSWORD)), product))
    _, findings = await look(shop.client.login("grace", PASSWORD), 60, 5)

    assert [] == [str(finding) for finding in findings]
    assert 0 == await count(shop.domain("shipping").database, "events")
    assert 3 == await count(shop.domain("orders").database, "orders")


async def test_others_write_between_the_steps_of_a_deletion(shop: Shop) -> None:
    auth = shop.domain("auth")
    database: Database = auth.database
    async with database.transaction() as connection:
        for number in range(4 * PART):
            await connection.execute("INSERT INTO attempts VALUES ($1, '', 1, 0)", f"name {number}")
    left = list[int]()

    async def write() -> None:
        while not left or left[-1] > 0:
            await auth.journal.note("denied", actor="user_1")
            left.append(await count(database, "attempts"))

    await asyncio.gather(write(), delete_in_parts(database, "attempts", "name, address", "WHERE ends <= $1", 1))

    assert {4 * PART, 3 * PART, 2 * PART, PART, 0} == {*left, 4 * PART}


async def test_the_sizes_of_tables_are_known(shop: Shop) -> None:
    await shop.admin()

    async def sizes() -> dict[str, Any]:
        return {row["name"]: row["number"] for row in await shop.domain("auth").database.sizes()}

    while True:  # PostgreSQL notes it after a moment
        if (await sizes())["users"] == 1:
            break
        await asyncio.sleep(0.01)
    assert {"users", "audit", "sessions", "attempts", "links"} <= set(await sizes())

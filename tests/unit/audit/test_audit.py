"""The audit finds nothing in a working shop, and reports manual changes."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from minishop_client import Conflict, PaymentRequired
from minishop_server.tools.audit.command import look, summary
from minishop_server.tools.audit.equations import check_service
from tests.support.audit import bought, findings
from tests.support.shop import Shop, User


async def test_the_books_of_a_busy_shop_add_up(shop: Shop) -> None:
    grace, keyboard = await shop.admin(), await shop.product(stock=15)
    users = [await shop.customer(name) for name in ("ada", "bob", "cleo", "dora")]

    async def buy(user: User, number: int) -> None:
        with suppress(Conflict, PaymentRequired):
            await user.shop.cart.add_cart_item(product_id=keyboard, quantity=2)
            token = {"payment_token": "tok_declined"} if number % 3 == 2 else {}
            await user.checkout(**token)

    for number in range(3):
        await asyncio.gather(*(buy(user, number + place) for place, user in enumerate(users)))
    await shop.settled()
    sent = [order for user in users for order in await user.shop.orders.list_orders() if order.tracking_id]
    await grace.shop.orders.cancel_order(sent[0].order_id)

    assert [] == await findings(grace, patience=15)


async def test_a_parcel_that_arrived_is_no_finding(shop: Shop) -> None:
    grace, _ = await shop.admin(), await shop.product()
    await bought(shop)
    for status in "out_for_delivery", "delivered":
        await grace.shop.shipping.update_shipment("ORD-101", status=status)  # type: ignore[arg-type]

    assert [] == await findings(grace, patience=15)


async def test_a_cart_in_use_is_no_finding(sqlite_shop: Shop) -> None:
    grace, _ = await sqlite_shop.admin(), await sqlite_shop.product()
    ada = await sqlite_shop.customer()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)

    assert [] == await findings(grace)


async def test_each_book_by_itself_does_not_ask_for_what_orders_knows(sqlite_shop: Shop, tmp_path: Path) -> None:
    grace, _ = await sqlite_shop.admin(), await sqlite_shop.product()
    await bought(sqlite_shop)
    await sqlite_shop.domain("catalog").reserve("ORD-999", [(1, 3)])

    assert ["catalog: ORD-999: a reservation for an order that is not there"] == await findings(grace)
    assert [] == (await look(grace.shop, 60, 0, check_service))[1]


async def test_what_adds_up_at_a_second_look_is_no_finding(sqlite_shop: Shop) -> None:
    grace, _ = await sqlite_shop.admin(), await sqlite_shop.product()
    await bought(sqlite_shop)
    catalog = sqlite_shop.domain("catalog")
    async with catalog.database.transaction() as connection:
        await connection.execute("UPDATE reservations SET status = 'held'")
    assert await findings(grace)

    async def mend() -> None:
        await asyncio.sleep(0.2)
        async with catalog.database.transaction() as connection:
            await connection.execute("UPDATE reservations SET status = 'committed'")

    _, found = await asyncio.gather(mend(), findings(grace, patience=20))

    assert [] == found


async def test_messages_that_were_refused_for_good_are_counted_and_are_no_finding(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    grace, _ = await sqlite_shop.admin(), await sqlite_shop.product()
    await bought(sqlite_shop)
    with closing(sqlite3.connect(tmp_path / "notifications.db")) as database:
        database.executescript("UPDATE notifications SET status = 'failed', reason = 'Refused.', body = 'Text'")

    books, found = await look(grace.shop, 60, 0)

    assert [] == found
    assert "failed messages" in list(summary(books).columns[0].cells)

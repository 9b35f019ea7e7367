"""Lists of orders, in pages and by status."""

from __future__ import annotations

import pytest

from minishop_client import Conflict
from tests.support.shop import Shop


async def test_orders_are_listed_newest_first_and_page_by_page(shop: Shop) -> None:
    await shop.product()
    ada = await shop.customer()
    for _ in range(5):
        await ada.shop.cart.add_cart_item(product_id=1, quantity=1)
        await ada.checkout()

    found = [order.order_id async for order in ada.shop.orders.iter_orders(limit=2)]

    assert ["ORD-105", "ORD-104", "ORD-103", "ORD-102", "ORD-101"] == found


async def test_orders_are_listed_by_status(sqlite_shop: Shop) -> None:
    await sqlite_shop.product(stock=3)
    ada = await sqlite_shop.customer()
    for quantity, expected in (2, "paid"), (5, None), (1, "paid"):
        await ada.shop.cart.clear_cart()
        await ada.shop.cart.add_cart_item(product_id=1, quantity=quantity)
        if expected is None:
            with pytest.raises(Conflict):
                await ada.checkout()
        else:
            await ada.checkout()
    await sqlite_shop.settled()

    lists = [await ada.shop.orders.list_orders(status=status) for status in ("shipped", "cancelled", "refunded")]

    assert [["ORD-103", "ORD-101"], ["ORD-102"], []] == [[order.order_id for order in found] for found in lists]

"""Objects of one customer do not exist for another."""

from __future__ import annotations

import pytest

from minishop_client import Forbidden, NotFound
from tests.support.shop import Shop


async def test_a_second_customer_sees_nothing_of_the_first_ones_purchase(shop: Shop) -> None:
    await shop.product()
    ada, bob, grace = await shop.customer(), await shop.customer("bob"), await shop.admin()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    await ada.checkout()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=3)

    assert [] == await bob.shop.orders.list_orders()
    assert 0 == (await bob.shop.cart.get_cart()).total_items
    assert "bob" == (await bob.shop.auth.get_me()).username
    for hidden in (
        bob.shop.orders.get_order("ORD-101"),
        bob.shop.shipping.get_shipment("ORD-101"),
        bob.shop.cart.update_cart_item(1, quantity=1),
        bob.shop.cart.remove_cart_item(1),
    ):
        with pytest.raises(NotFound):
            await hidden
    with pytest.raises(Forbidden):
        await bob.checkout(user_id=ada.id)
    await bob.shop.cart.clear_cart()
    assert 3 == (await ada.shop.cart.get_cart()).items[0].quantity
    assert "ORD-101" == (await grace.shop.orders.get_order("ORD-101")).order_id


async def test_what_is_hidden_is_told_in_the_same_words_as_what_is_not_there(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    ada, bob = await shop.customer(), await shop.customer("bob")
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    await ada.checkout()

    problems = []
    for order_id in "ORD-101", "ORD-102":
        for call in bob.shop.orders.get_order(order_id), bob.shop.shipping.get_shipment(order_id):
            with pytest.raises(NotFound) as refusal:
                await call
            problem = {**refusal.value.problem, "request_id": ""}
            problems.append({name: str(text).replace(order_id, "ORD-…") for name, text in problem.items()})

    assert problems[:2] == problems[2:]

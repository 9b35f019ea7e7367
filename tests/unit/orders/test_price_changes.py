"""A checkout buys at the prices and the total that the customer saw."""

from __future__ import annotations

import pytest

from minishop_client import Conflict
from minishop_server.kit.etags import Condition
from tests.support.orders import two_keyboards
from tests.support.shop import Shop


async def test_a_price_that_is_not_the_one_the_cart_showed_is_refused_and_named(shop: Shop) -> None:
    await shop.product()
    mouse = await shop.product("Mouse", 1000)
    ada = await two_keyboards(shop)
    await ada.shop.cart.add_cart_item(product_id=mouse, quantity=1)
    await reprice(shop, mouse, 1100)

    with pytest.raises(Conflict) as refusal:
        await ada.checkout()

    assert "price_changed" == refusal.value.code
    assert [("/items/1", f"product {mouse} has another price")] == [
        (error.pointer, error.detail) for error in refusal.value.errors
    ]
    assert [] == await ada.shop.orders.list_orders()
    await ada.shop.cart.get_cart()
    assert 110.98 == float((await ada.checkout()).parsed.total)


async def test_the_caller_may_insist_on_a_total(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await two_keyboards(shop)
    await reprice(shop, 1, 5500)

    with pytest.raises(Conflict) as refusal:
        await ada.checkout(expected_total=99.98)

    assert "price_changed" == refusal.value.code
    assert 110 == (await ada.checkout(expected_total=110)).parsed.total


async def test_what_is_no_longer_sold_is_not_bought_silently(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    mouse = await shop.product("Mouse", 1000)
    ada = await two_keyboards(shop)
    await ada.shop.cart.add_cart_item(product_id=mouse, quantity=1)
    await shop.domain("catalog").remove_product(mouse, Condition("*"))

    with pytest.raises(Conflict) as refusal:
        await ada.checkout()

    assert ("price_changed", ["/items/1"]) == (refusal.value.code, [error.pointer for error in refusal.value.errors])
    await ada.shop.cart.get_cart()
    assert 99.98 == float((await ada.checkout()).parsed.total)


async def test_an_order_says_what_was_sold_after_the_product_is_renamed_and_gone(shop: Shop) -> None:
    await shop.product("Čaj 茶", 499)
    ada, grace = await two_keyboards(shop), await shop.admin()
    await ada.checkout()
    await grace.shop.catalog.update_product(1, name="Coffee", if_match="*")
    await grace.shop.catalog.delete_product(1, if_match="*")

    order = await ada.shop.orders.get_order("ORD-101")

    assert ["Čaj 茶"] == [line.name for line in order.lines]
    assert order.lines == (await ada.shop.orders.list_orders())[0].lines


async def reprice(shop: Shop, product: int, price: int) -> None:
    """Give a product another price, in cents."""
    await shop.domain("catalog").update_product(product, Condition("*"), name=None, price=price, stock=None)

"""A cart has a version, which changes with its content."""

from __future__ import annotations

import asyncio

import pytest

from minishop_client import Conflict, NotFound, PreconditionFailed
from tests.support.carts import etag, lines, shown
from tests.support.shop import Shop


async def test_a_cart_changes_its_version_with_what_it_shows_and_only_then(shop: Shop) -> None:
    ada, grace, keyboard = await shop.customer(), await shop.admin(), await shop.product()
    versions = [await etag(ada)]
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=2)
    versions.append(await etag(ada))
    await ada.shop.cart.update_cart_item(keyboard, quantity=3)
    versions.append(await etag(ada))
    await grace.shop.catalog.update_product(keyboard, price=39.99, if_match='"1.1"')
    versions.append(await etag(ada))
    await grace.shop.catalog.delete_product(keyboard, if_match='"2.1"')
    versions.append(await etag(ada))
    await ada.shop.cart.clear_cart()
    versions.append(await etag(ada))

    assert len(set(versions)) == len(versions) == 6
    for refused in (
        ada.shop.cart.remove_cart_item(keyboard),
        ada.shop.cart.update_cart_item(keyboard, quantity=1),
        ada.shop.cart.add_cart_item(product_id=keyboard, quantity=1),
    ):
        with pytest.raises(NotFound):
            await refused
    await ada.shop.cart.clear_cart()
    assert versions[-1] == await etag(ada)


async def test_a_refused_line_leaves_the_version(shop: Shop) -> None:
    ada, keyboard = await shop.customer(), await shop.product()
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=60)
    before = await etag(ada)

    with pytest.raises(Conflict):
        await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=41)

    assert before == await etag(ada)


async def test_a_cart_is_emptied_at_the_version_that_was_read_only(shop: Shop) -> None:
    ada, keyboard = await shop.customer(), await shop.product()
    await ada.shop.cart.clear_cart(if_match=await etag(ada))
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=2)
    read = await etag(ada)
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=1)

    for stale in read, '"0"', "never":
        with pytest.raises(PreconditionFailed):
            await ada.shop.cart.clear_cart(if_match=stale)
    assert [(keyboard, 3, 49.99)] == lines(await ada.shop.cart.get_cart())

    await ada.shop.cart.clear_cart(if_match=await etag(ada))
    assert [] == lines(await ada.shop.cart.get_cart())


async def test_the_pieces_of_an_order_leave_the_cart_once_and_what_came_since_stays(shop: Shop) -> None:
    ada, keyboard, mouse = await shop.customer(), await shop.product(), await shop.product("Mouse", 1999)
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=2)
    carts = shop.domain("cart")

    await asyncio.gather(*(carts.take_bought(ada.id, "ORD-101", [(keyboard, 2)]) for _ in range(4)))
    assert [] == lines(await ada.shop.cart.get_cart())
    await ada.shop.cart.add_cart_item(product_id=mouse, quantity=1)
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=3)
    await carts.take_bought(ada.id, "ORD-101", [(keyboard, 2)])
    await carts.take_bought(ada.id, "ORD-102", [(keyboard, 1), (mouse, 5), (77, 1)])

    assert [(keyboard, 2, 49.99)] == lines(await ada.shop.cart.get_cart())


async def test_pieces_that_are_bought_while_the_cart_is_edited_leave_it_and_no_edit_is_lost(shop: Shop) -> None:
    ada, keyboard, carts = await shop.customer(), await shop.product(), shop.domain("cart")
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=20)

    await asyncio.gather(
        *(ada.shop.cart.add_cart_item(product_id=keyboard, quantity=1) for _ in range(6)),
        *(carts.take_bought(ada.id, f"ORD-{101 + number}", [(keyboard, 2)]) for number in range(6)),
    )

    assert [(keyboard, 14, 49.99)] == lines(await ada.shop.cart.get_cart())


async def test_edits_of_one_cart_at_once_all_count_and_each_has_its_version(shop: Shop) -> None:
    ada = await shop.customer()
    keyboard, mouse, cable = [await shop.product(name) for name in ("Keyboard", "Mouse", "Cable")]
    for product in keyboard, mouse:
        await ada.shop.cart.add_cart_item(product_id=product, quantity=1)
    before, _ = await shown(shop, ada)

    outcomes = await asyncio.gather(
        *(ada.shop.cart.add_cart_item(product_id=cable, quantity=1) for _ in range(4)),
        ada.shop.cart.update_cart_item(keyboard, quantity=7),
        *(ada.shop.cart.remove_cart_item(mouse) for _ in range(3)),
        return_exceptions=True,
    )

    assert [NotFound] * 2 == [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
    assert (before + 6, [(keyboard, 7, 4999), (cable, 4, 4999)]) == await shown(shop, ada)


async def test_emptying_an_empty_cart_leaves_its_version(shop: Shop) -> None:
    ada, keyboard = await shop.customer(), await shop.product()
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=1)
    await ada.shop.cart.clear_cart()
    empty = await shown(shop, ada)

    await ada.shop.cart.clear_cart(if_match=await etag(ada))

    assert empty == await shown(shop, ada)

"""The cart and its prices."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from minishop_client import ApiError, Conflict, NotFound, Unavailable
from minishop_client.services.cart.models import BoughtLine
from minishop_server.services.cart.store import Store
from minishop_server.services.settings import Settings
from tests.support.carts import etag, lines, shown
from tests.support.postgres import NewDatabase
from tests.support.shop import Shop, running_shop


def store_of(shop: Shop) -> Store:
    """The table of lines, whose rows are written faster than over HTTP."""
    return Store(shop.domain("cart").database)


async def test_adding_a_product_again_adds_to_its_line(shop: Shop) -> None:
    keyboard, mouse = await shop.product(), await shop.product("Mouse", 1999)
    ada = await shop.customer()

    await ada.shop.cart.add_cart_item(product_id=mouse, quantity=1)
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=2)
    cart = await ada.shop.cart.add_cart_item(product_id=mouse, quantity=3)

    assert [(mouse, 4, 19.99), (keyboard, 2, 49.99)] == lines(cart)
    assert (2, 179.94) == (cart.total_items, float(cart.total_price))
    assert cart == await ada.shop.cart.get_cart()


async def test_a_line_is_set_removed_and_the_cart_emptied(shop: Shop) -> None:
    keyboard, mouse = await shop.product(), await shop.product("Mouse", 1999)
    ada = await shop.customer()
    for product in keyboard, mouse:
        await ada.shop.cart.add_cart_item(product_id=product, quantity=2)

    assert [(keyboard, 7, 49.99), (mouse, 2, 19.99)] == lines(
        await ada.shop.cart.update_cart_item(keyboard, quantity=7)
    )
    await ada.shop.cart.remove_cart_item(keyboard)
    assert [(mouse, 2, 19.99)] == lines(await ada.shop.cart.get_cart())
    await ada.shop.cart.clear_cart()
    await ada.shop.cart.clear_cart()
    assert (0, 0) == ((await ada.shop.cart.get_cart()).total_items, (await ada.shop.cart.get_cart()).total_price)


async def test_a_line_that_is_not_there_is_not_found(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    ada = await shop.customer()
    await shop.product()

    with pytest.raises(NotFound):
        await ada.shop.cart.update_cart_item(1, quantity=2)
    with pytest.raises(NotFound):
        await ada.shop.cart.remove_cart_item(1)
    with pytest.raises(NotFound) as refusal:
        await ada.shop.cart.add_cart_item(product_id=99, quantity=1)
    assert [("body", "/product_id")] == [(error.place, error.pointer) for error in refusal.value.errors]


async def test_a_line_holds_a_hundred_pieces_and_no_more(shop: Shop) -> None:
    ada, keyboard = await shop.customer(), await shop.product()
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=60)

    with pytest.raises(Conflict) as refusal:
        await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=41)

    assert "cart_full" == refusal.value.code
    assert [(keyboard, 100, 49.99)] == lines(await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=40))


async def test_a_withdrawn_product_makes_room_for_one_line(shop: Shop) -> None:
    ada, grace = await shop.customer(), await shop.admin()
    products = [await shop.product(f"Cable {number}", 100) for number in range(52)]
    store = store_of(shop)
    for product in products[:50]:
        await store.add(ada.id, product, 1, 100, most_lines=50, most_pieces=100)
    await grace.shop.catalog.delete_product(products[7], if_match="*")

    assert 50 == (await ada.shop.cart.add_cart_item(product_id=products[50], quantity=1)).total_items
    with pytest.raises(Conflict) as refusal:
        await ada.shop.cart.add_cart_item(product_id=products[51], quantity=1)

    assert "cart_full" == refusal.value.code
    assert 50 == len((await shop.orders().cart.get_cart_for_checkout(ada.id)).lines)
    await ada.shop.cart.remove_cart_item(products[7])


async def test_of_products_added_at_once_only_fifty_get_a_line(shop: Shop) -> None:
    ada = await shop.customer()
    products = [await shop.product(f"Cable {number}", 100) for number in range(54)]
    store = store_of(shop)
    for product in products[:46]:
        await store.add(ada.id, product, 1, 100, most_lines=50, most_pieces=100)

    outcomes = await asyncio.gather(
        *(ada.shop.cart.add_cart_item(product_id=product, quantity=1) for product in products[46:]),
        return_exceptions=True,
    )

    assert ["cart_full"] * 4 == [outcome.code for outcome in outcomes if isinstance(outcome, ApiError)]
    assert 50 == (await ada.shop.cart.get_cart()).total_items
    # A line that is there may still grow.
    assert (products[0], 2, 1.0) in lines(await ada.shop.cart.add_cart_item(product_id=products[0], quantity=1))


async def test_lines_of_withdrawn_products_do_not_count(shop: Shop) -> None:
    ada, grace = await shop.customer(), await shop.admin()
    products = [await shop.product(f"Cable {number}", 100) for number in range(104)]
    store = store_of(shop)
    for rest in products[:50], products[50:100]:
        for product in rest:
            await store.add(ada.id, product, 1, 100, most_lines=50, most_pieces=100, withdrawn=products[:50])
        for product in rest[:-1]:
            await grace.shop.catalog.delete_product(product, if_match="*")

    # The first fifty were seen since they were withdrawn; the others were not.
    await ada.shop.cart.add_cart_item(product_id=products[100], quantity=1)

    shown = [product for product, _, _ in lines(await ada.shop.cart.get_cart())]
    assert [products[49], products[99], products[100]] == shown
    assert 3 == len((await shop.orders().cart.get_cart_for_checkout(ada.id)).lines)


async def test_pieces_added_to_one_line_at_once_are_all_counted(shop: Shop) -> None:
    ada, keyboard = await shop.customer(), await shop.product()

    await asyncio.gather(*(ada.shop.cart.add_cart_item(product_id=keyboard, quantity=1) for _ in range(12)))

    assert [(keyboard, 12, 49.99)] == lines(await ada.shop.cart.get_cart())


async def test_a_cart_shows_the_prices_of_now_and_leaves_out_what_is_sold_no_more(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    ada, grace = await shop.customer(), await shop.admin()
    keyboard, mouse = await shop.product(), await shop.product("Mouse", 1999)
    for product in keyboard, mouse:
        await ada.shop.cart.add_cart_item(product_id=product, quantity=2)

    await grace.shop.catalog.update_product(keyboard, price=0.29, if_match='"1.1"')
    await grace.shop.catalog.delete_product(mouse, if_match='"1.1"')

    cart = await ada.shop.cart.get_cart()
    assert [(keyboard, 2, 0.29)] == lines(cart)
    assert (1, 0.58) == (cart.total_items, float(cart.total_price))


async def test_a_cart_whose_prices_cannot_be_asked_for_is_unavailable(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    ada, keyboard = await shop.customer(), await shop.product()
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=2)
    shop.wire.cut("/catalog")

    with pytest.raises(Unavailable) as refusal:
        await ada.shop.cart.get_cart()

    assert 1 == refusal.value.retry_after
    await ada.shop.cart.clear_cart()


async def test_a_cart_remembers_the_prices_that_it_showed_last(shop: Shop) -> None:
    ada, grace = await shop.customer(), await shop.admin()
    keyboard, mouse = await shop.product(), await shop.product("Mouse", 1999)
    for product in keyboard, mouse:
        await ada.shop.cart.add_cart_item(product_id=product, quantity=2)
    await grace.shop.catalog.update_product(keyboard, price=39.99, if_match='"1.1"')
    await grace.shop.catalog.delete_product(mouse, if_match='"1.1"')

    before, seen_before = await shown(shop, ada)
    await ada.shop.cart.get_cart()
    after, seen_after = await shown(shop, ada)

    assert [(keyboard, 2, 4999), (mouse, 2, 1999)] == seen_before
    assert [(keyboard, 2, 3999)] == seen_after
    assert before < after


async def test_reading_a_cart_whose_prices_stay_writes_nothing(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    ada, keyboard = await shop.customer(), await shop.product()
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=2)

    assert 1 == len({await etag(ada) for _ in range(3)})


async def test_prices_that_are_shown_while_lines_are_added_are_those_remembered(shop: Shop) -> None:
    ada, grace, keyboard = await shop.customer(), await shop.admin(), await shop.product()
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=1)
    await grace.shop.catalog.update_product(keyboard, price=39.99, if_match='"1.1"')

    await asyncio.gather(
        *(ada.shop.cart.get_cart() for _ in range(5)),
        *(ada.shop.cart.add_cart_item(product_id=keyboard, quantity=1) for _ in range(5)),
    )

    assert [(keyboard, 6, 3999)] == (await shown(shop, ada))[1]


async def test_carts_are_listed_by_user_the_empty_ones_too(shop: Shop) -> None:
    grace, keyboard = await shop.admin(), await shop.product()
    users = [await shop.customer(name) for name in ("ada", "bob", "cleo")]
    for user in users:
        await user.shop.cart.add_cart_item(product_id=keyboard, quantity=2)
    await users[1].shop.cart.clear_cart()

    found = [cart async for cart in grace.shop.cart.iter_carts(limit=2)]

    assert [(user.id, count) for user, count in zip(users, (1, 0, 1), strict=True)] == [
        (cart.user_id, len(cart.lines)) for cart in found
    ]


async def test_orders_reads_a_cart_and_takes_out_what_was_bought_over_http(shop: Shop) -> None:
    ada, keyboard, cart = await shop.customer(), await shop.product(), shop.orders().cart
    empty = await cart.get_cart_for_checkout(ada.id)
    await ada.shop.cart.add_cart_item(product_id=keyboard, quantity=2)

    before = await cart.get_cart_for_checkout(ada.id, orders=["ORD-101", "ORD-102"])
    for _ in range(2):
        await cart.take_bought_pieces(ada.id, "ORD-101", lines=[BoughtLine(keyboard, 1)])
    after = await cart.get_cart_for_checkout(ada.id, orders=["ORD-101", "ORD-102"])

    assert {"user_id": ada.id, "version": 1, "lines": [], "taken": []} == empty.to_dict()
    line = {"product_id": keyboard, "quantity": 2, "shown_price": 49.99}
    assert ([line], ()) == (before.to_dict()["lines"], before.taken)
    assert ([line | {"quantity": 1}], ("ORD-101",)) == (after.to_dict()["lines"], after.taken)


async def test_adding_to_a_cart_takes_a_round_trip_to_read_and_one_to_write(
    new_postgresql: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.model_validate({"data_dir": tmp_path, "cart": {"database_url": new_postgresql("cart")}})
    async with running_shop(settings) as shop:
        ada, keyboard, mouse = await shop.customer(), await shop.product(), await shop.product("Mouse", 1999)
        database, called = shop.domain("cart").database, list[str]()  # the only one on PostgreSQL

        def noted(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any) -> Any:
                called.append(name)
                return method(*args)

            return call

        for name in "fetch", "fetchrow", "execute", "transaction":
            monkeypatch.setattr(database, name, noted(name, getattr(database, name)))
        for product in keyboard, mouse, keyboard:
            await ada.shop.cart.add_cart_item(product_id=product, quantity=1)

        assert ["fetch", "execute"] * 3 == called

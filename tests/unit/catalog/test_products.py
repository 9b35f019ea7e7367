"""Finding and editing products."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from minishop_server.kit.etags import Condition
from minishop_server.kit.problems import NotFound, PreconditionFailed
from minishop_server.services.catalog.domain import Catalog, version_of

AT = {edits: Condition(f'"{edits}.1"') for edits in (1, 2, 7)}
"""Conditions of products that no order has taken pieces of."""


async def stocked(catalog: Catalog) -> None:
    """Four products, numbered from 1."""
    await catalog.add_product("Wireless Keyboard", 4999, 100)
    await catalog.add_product("Mouse", 1999, 0)
    await catalog.add_product("100%_off! Straße", 1999, 5)
    await catalog.add_product("Éclair", 250, 1)


async def test_filters_and_sort_pick_the_same_products_on_both_databases(catalog: Catalog) -> None:
    await stocked(catalog)
    cases: list[tuple[dict[str, Any], list[int]]] = [
        ({}, [1, 2, 3, 4]),
        ({"text": "KEY"}, [1]),
        ({"text": "%"}, [3]),
        ({"text": "_"}, [3]),
        ({"text": "!"}, [3]),
        ({"text": "0%_o"}, [3]),
        ({"text": "STRASSE"}, [3]),
        ({"text": "éCLAIR"}, [4]),
        ({"text": "'; DROP TABLE products; --"}, []),
        ({"min_price": 1999}, [1, 2, 3]),
        ({"max_price": 1999}, [2, 3, 4]),
        ({"min_price": 251, "max_price": 1999, "in_stock": True}, [3]),
        ({"in_stock": False}, [2]),
        ({"ids": [4, 1, 99]}, [1, 4]),
        ({"sort": "price"}, [4, 2, 3, 1]),
        ({"sort": "-price"}, [1, 3, 2, 4]),
        ({"sort": "name"}, [3, 2, 1, 4]),
        ({"sort": "-name"}, [4, 1, 2, 3]),
        ({"sort": "-id"}, [4, 3, 2, 1]),
    ]

    found = [
        (filters, [product["id"] for product in await catalog.products(limit=10, **filters)]) for filters, _ in cases
    ]

    assert cases == found


async def test_a_page_goes_on_after_a_product_that_has_been_removed_since(catalog: Catalog) -> None:
    await stocked(catalog)
    await catalog.remove_product(2, AT[1])

    following = await catalog.products(limit=10, after=[2])

    assert [3, 4] == [product["id"] for product in following]


async def test_an_edit_changes_what_it_names_and_makes_the_version_stale(catalog: Catalog) -> None:
    await stocked(catalog)

    edited = await catalog.update_product(1, AT[1], name=None, price=4499, stock=None)

    assert ("Wireless Keyboard", 4499, 100, 2) == (
        edited["name"],
        edited["price"],
        edited["stock"],
        edited["version"],
    )
    with pytest.raises(PreconditionFailed):
        await catalog.update_product(1, AT[1], name="Mine", price=None, stock=None)
    assert "Wireless Keyboard" == (await catalog.product(1))["name"]


async def test_a_renamed_product_is_found_under_its_new_name(catalog: Catalog) -> None:
    await stocked(catalog)
    await catalog.update_product(2, AT[1], name="Trackball", price=None, stock=None)

    assert [2] == [product["id"] for product in await catalog.products(limit=10, text="TRACK")]
    assert [] == await catalog.products(limit=10, text="mouse")


async def test_a_removed_product_is_gone_and_its_number_is_never_given_again(catalog: Catalog) -> None:
    await stocked(catalog)
    with pytest.raises(PreconditionFailed):
        await catalog.remove_product(4, AT[7])

    await catalog.remove_product(4, AT[1])

    for gone in (catalog.product(4), catalog.remove_product(4, AT[2])):
        with pytest.raises(NotFound):
            await gone
    with pytest.raises(NotFound):
        await catalog.update_product(4, AT[2], name=None, price=1, stock=None)
    assert 5 == (await catalog.add_product("New", 1, 1))["id"]


async def test_an_edit_of_the_name_survives_a_sale_and_one_of_the_stock_does_not(catalog: Catalog) -> None:
    await stocked(catalog)
    await catalog.reserve("ORD-101", [(1, 1)])

    renamed = await catalog.update_product(1, AT[1], name="Keyboard", price=None, stock=None)

    assert ("Keyboard", 99, (2, 2)) == (renamed["name"], renamed["stock"], version_of(renamed))
    for stale in '"2.1"', '"1.2"', '"2"':
        with pytest.raises(PreconditionFailed):
            await catalog.update_product(1, Condition(stale), name=None, price=None, stock=100)
    restocked = await catalog.update_product(1, Condition('"2.2"'), name=None, price=None, stock=100)
    assert (100, (3, 2)) == (restocked["stock"], version_of(restocked))


@pytest.mark.parametrize("move", ["reserve", "release"])
async def test_only_orders_move_the_second_part_of_a_version(catalog: Catalog, move: str) -> None:
    await stocked(catalog)
    await catalog.reserve("ORD-101", [(1, 1)])
    before = version_of(await catalog.product(1))

    await (catalog.release("ORD-101") if move == "release" else catalog.reserve("ORD-102", [(1, 1)]))

    assert (before[0], before[1] + 1) == version_of(await catalog.product(1))


async def test_a_sale_does_not_keep_a_product_on_the_shelf(catalog: Catalog) -> None:
    await stocked(catalog)
    await catalog.reserve("ORD-101", [(1, 1)])

    await catalog.remove_product(1, AT[1])

    with pytest.raises(NotFound):
        await catalog.product(1)


@pytest.mark.parametrize("tag", ["*", 'W/"1.1"', '"7.7", "1.1"', '"7.7" ,W/"1.1"', "1.1"])
async def test_an_edit_takes_any_version_a_weak_tag_and_one_of_several(catalog: Catalog, tag: str) -> None:
    await stocked(catalog)

    assert 5 == (await catalog.update_product(1, Condition(tag), name=None, price=None, stock=5))["stock"]


async def test_edits_of_the_stock_and_sales_at_once_lose_no_piece(catalog: Catalog) -> None:
    await stocked(catalog)

    outcomes = await asyncio.gather(
        *(catalog.update_product(1, Condition("*"), name=None, price=None, stock=200 + n) for n in range(5)),
        *(catalog.reserve(f"ORD-{number}", [(1, 1)]) for number in range(101, 111)),
        *(catalog.update_product(1, AT[1], name=f"Name {n}", price=None, stock=None) for n in range(5)),
        return_exceptions=True,
    )

    assert {PreconditionFailed} >= {type(outcome) for outcome in outcomes if isinstance(outcome, Exception)}
    (book, *_) = await catalog.stock(1, None)
    assert (10, book["received"]) == (book["reserved"], book["stock"] + book["reserved"])

"""Stock is never sold twice."""

from __future__ import annotations

import asyncio

import pytest

from minishop_server.catalog.domain import Catalog, OutOfStock, ReservationOver
from minishop_server.kit.database import Row


async def stock(catalog: Catalog, *products: int) -> list[int]:
    """What is left of each."""
    return [(await catalog.product(product))["stock"] for product in products]


def quantities(lines: list[Row]) -> dict[int, int]:
    """What is held, by product."""
    return {line["product_id"]: line["quantity"] for line in lines}


@pytest.fixture(autouse=True)
async def _stocked(catalog: Catalog) -> None:
    await catalog.add_product("Wireless Keyboard", 4999, 10)
    await catalog.add_product("Mouse", 1999, 3)


async def test_an_order_takes_all_its_lines_and_repeating_it_takes_nothing_more(catalog: Catalog) -> None:
    first = await catalog.reserve("ORD-101", [(2, 1), (1, 4), (1, 1)])
    again = await catalog.reserve("ORD-101", [(1, 5), (2, 1)])

    assert {1: 5, 2: 1} == quantities(first) == quantities(again)
    assert [5, 2] == await stock(catalog, 1, 2)


@pytest.mark.parametrize("short", [2, 99], ids=["too few", "no such product"])
async def test_an_order_with_one_short_line_takes_nothing_and_names_the_product(catalog: Catalog, short: int) -> None:
    with pytest.raises(OutOfStock) as refusal:
        await catalog.reserve("ORD-101", [(1, 4), (short, 4)])

    assert f"product {short}:" in refusal.value.detail
    assert [10, 3] == await stock(catalog, 1, 2)


async def test_a_refusal_is_remembered_although_stock_has_come_since(catalog: Catalog) -> None:
    with pytest.raises(OutOfStock) as first:
        await catalog.reserve("ORD-101", [(2, 4)])
    await catalog.update_product(2, 1, name=None, price=None, stock=50)

    with pytest.raises(OutOfStock) as later:
        await catalog.reserve("ORD-101", [(2, 4)])

    assert first.value.detail == later.value.detail
    assert [50] == await stock(catalog, 2)


async def test_other_lines_for_the_same_order_are_refused(catalog: Catalog) -> None:
    await catalog.reserve("ORD-101", [(1, 2)])

    for lines in [(1, 3)], [(2, 2)], [(1, 2), (2, 1)]:
        with pytest.raises(ReservationOver):
            await catalog.reserve("ORD-101", lines)
    assert [8, 3] == await stock(catalog, 1, 2)


async def test_releasing_twice_gives_the_stock_back_once_and_the_order_gets_none_again(catalog: Catalog) -> None:
    await catalog.reserve("ORD-101", [(1, 2), (2, 3)])

    await asyncio.gather(*(catalog.release("ORD-101") for _ in range(5)))

    assert [10, 3] == await stock(catalog, 1, 2)
    with pytest.raises(ReservationOver):
        await catalog.reserve("ORD-101", [(1, 2), (2, 3)])


async def test_a_release_that_comes_before_its_reservation_keeps_it_from_taking_stock(catalog: Catalog) -> None:
    await catalog.release("ORD-101")

    with pytest.raises(ReservationOver):
        await catalog.reserve("ORD-101", [(1, 2)])
    assert [10] == await stock(catalog, 1)


async def test_releasing_a_refused_order_adds_nothing(catalog: Catalog) -> None:
    with pytest.raises(OutOfStock):
        await catalog.reserve("ORD-101", [(1, 11)])

    await catalog.release("ORD-101")

    assert [10] == await stock(catalog, 1)


async def test_of_twenty_buyers_at_once_the_last_ten_pieces_go_to_exactly_ten(catalog: Catalog) -> None:
    outcomes = await asyncio.gather(
        *(catalog.reserve(f"ORD-{number}", [(1, 1)]) for number in range(101, 121)), return_exceptions=True
    )

    assert 10 == sum(isinstance(outcome, list) for outcome in outcomes)
    assert 10 == sum(isinstance(outcome, OutOfStock) for outcome in outcomes)
    assert [0] == await stock(catalog, 1)


async def test_parallel_repeats_of_one_order_take_its_stock_once(catalog: Catalog) -> None:
    await asyncio.gather(*(catalog.reserve("ORD-101", [(1, 2)]) for _ in range(8)))

    assert [8] == await stock(catalog, 1)


async def test_orders_of_the_same_products_in_opposite_order_do_not_block_each_other(catalog: Catalog) -> None:
    await catalog.update_product(1, 1, name=None, price=None, stock=100)
    await catalog.update_product(2, 1, name=None, price=None, stock=100)

    async with asyncio.timeout(20):
        await asyncio.gather(
            *(
                catalog.reserve(f"ORD-{number}", [(1, 1), (2, 1)] if number % 2 else [(2, 1), (1, 1)])
                for number in range(101, 141)
            )
        )

    assert [60, 60] == await stock(catalog, 1, 2)

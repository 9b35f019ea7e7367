"""Stock is never sold twice."""

from __future__ import annotations

import asyncio
import json

import pytest

from minishop_server.kit.etags import Condition
from minishop_server.services.catalog.domain import Catalog
from minishop_server.services.catalog.errors import NotHeld, OutOfStock, ReservationOver
from minishop_server.services.catalog.rows import ReservationRow


async def stock(catalog: Catalog, *products: int) -> list[int]:
    """The remaining stock of each."""
    return [(await catalog.product(product))["stock"] for product in products]


async def books(catalog: Catalog) -> list[tuple[int, int, int, int]]:
    """Received, on hand, reserved and sold of each product."""
    rows = await catalog.stock(100, None)
    return [(row["received"], row["stock"], row["reserved"], row["sold"]) for row in rows]


def quantities(reservation: ReservationRow) -> dict[int, int]:
    """The held pieces, by product."""
    return dict(json.loads(reservation["lines"]))


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
    await catalog.update_product(2, Condition("*"), name=None, price=None, stock=50)

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


async def test_of_fifty_buyers_at_once_the_last_ten_pieces_go_to_exactly_ten(catalog: Catalog) -> None:
    outcomes = await asyncio.gather(
        *(catalog.reserve(f"ORD-{number}", [(1, 1)]) for number in range(101, 151)), return_exceptions=True
    )

    assert 40 == sum(isinstance(outcome, OutOfStock) for outcome in outcomes)
    assert 10 == sum(not isinstance(outcome, BaseException) for outcome in outcomes)
    assert (10, 0, 10, 0) == (await books(catalog))[0]


async def test_parallel_repeats_of_one_order_take_its_stock_once(catalog: Catalog) -> None:
    await asyncio.gather(*(catalog.reserve("ORD-101", [(1, 2)]) for _ in range(8)))

    assert [8] == await stock(catalog, 1)


async def test_orders_of_the_same_products_in_opposite_order_do_not_block_each_other(catalog: Catalog) -> None:
    await catalog.update_product(1, Condition("*"), name=None, price=None, stock=100)
    await catalog.update_product(2, Condition("*"), name=None, price=None, stock=100)

    async with asyncio.timeout(20):
        await asyncio.gather(
            *(
                catalog.reserve(f"ORD-{number}", [(1, 1), (2, 1)] if number % 2 else [(2, 1), (1, 1)])
                for number in range(101, 141)
            )
        )

    assert [60, 60] == await stock(catalog, 1, 2)


async def test_of_carts_in_opposite_orders_that_run_short_none_keeps_a_part(catalog: Catalog) -> None:
    async with asyncio.timeout(20):
        outcomes = await asyncio.gather(
            *(
                catalog.reserve(f"ORD-{number}", [(1, 1), (2, 1)] if number % 2 else [(2, 1), (1, 1)])
                for number in range(101, 131)
            ),
            return_exceptions=True,
        )

    assert 27 == sum(isinstance(outcome, OutOfStock) for outcome in outcomes)
    assert [(10, 7, 3, 0), (3, 0, 3, 0)] == await books(catalog)


async def test_what_is_committed_is_sold_once(catalog: Catalog) -> None:
    await catalog.reserve("ORD-101", [(1, 4), (2, 1)])

    outcomes = await asyncio.gather(*(catalog.commit("ORD-101") for _ in range(5)))

    assert {"committed"} == {outcome["status"] for outcome in outcomes}
    assert [(10, 6, 0, 4), (3, 2, 0, 1)] == await books(catalog)


async def test_a_reservation_repeated_after_its_commit_takes_nothing_more(catalog: Catalog) -> None:
    await catalog.reserve("ORD-101", [(1, 4)])
    await catalog.commit("ORD-101")

    assert "committed" == (await catalog.reserve("ORD-101", [(1, 4)]))["status"]
    assert (10, 6, 0, 4) == (await books(catalog))[0]


async def test_nothing_is_sold_that_was_never_held_or_was_given_back_or_refused(catalog: Catalog) -> None:
    await catalog.reserve("ORD-102", [(1, 4)])
    await catalog.release("ORD-102")
    with pytest.raises(OutOfStock):
        await catalog.reserve("ORD-103", [(1, 11)])

    for order in "ORD-101", "ORD-102", "ORD-103":
        with pytest.raises(NotHeld):
            await catalog.commit(order)
    assert (10, 10, 0, 0) == (await books(catalog))[0]


async def test_what_was_sold_and_is_given_back_is_on_hand_again_once(catalog: Catalog) -> None:
    await catalog.reserve("ORD-101", [(1, 4)])
    await catalog.commit("ORD-101")

    await asyncio.gather(*(catalog.release("ORD-101") for _ in range(5)))

    assert (10, 10, 0, 0) == (await books(catalog))[0]
    with pytest.raises(NotHeld):
        await catalog.commit("ORD-101")


async def test_a_commit_and_a_release_at_once_leave_one_of_two_books_and_no_third(catalog: Catalog) -> None:
    for number in range(101, 109):
        await catalog.reserve(f"ORD-{number}", [(1, 1)])

    await asyncio.gather(
        *(act(f"ORD-{number}") for number in range(101, 109) for act in (catalog.commit, catalog.release)),
        return_exceptions=True,
    )

    # A release that came second took back the sold pieces.
    assert (10, 10, 0, 0) == (await books(catalog))[0]


async def test_a_reservation_and_its_release_at_once_hold_nothing_in_the_end(catalog: Catalog) -> None:
    await asyncio.gather(
        *(act for n in range(101, 111) for act in (catalog.reserve(f"ORD-{n}", [(1, 1)]), catalog.release(f"ORD-{n}"))),
        return_exceptions=True,
    )

    assert (10, 10, 0, 0) == (await books(catalog))[0]


async def test_an_edited_stock_changes_what_was_received_by_the_difference(catalog: Catalog) -> None:
    await catalog.reserve("ORD-101", [(1, 4)])
    await catalog.commit("ORD-101")
    await catalog.reserve("ORD-102", [(1, 1)])

    for stock_now in 25, 2:
        await catalog.update_product(1, Condition("*"), name=None, price=None, stock=stock_now)
        assert (stock_now + 5, stock_now, 1, 4) == (await books(catalog))[0]


async def test_the_books_list_products_that_are_no_longer_sold(catalog: Catalog) -> None:
    await catalog.remove_product(1, Condition("*"))

    assert [1, 2] == [row["id"] for row in await catalog.stock(10, None)]
    assert [2] == [row["id"] for row in await catalog.stock(10, 1)]


async def test_reservations_are_listed_by_order_and_by_status(catalog: Catalog) -> None:
    await catalog.release("ORD-100")
    for number in 103, 102, 101:
        await catalog.reserve(f"ORD-{number}", [(1, number - 100)])
    await catalog.commit("ORD-102")

    assert [0, 1, 2, 3] == [row["id"] for row in await catalog.reservations(10, None, None)]
    assert [1, 2] == [row["id"] for row in await catalog.reservations(2, 0, None)]
    assert [1, 3] == [row["id"] for row in await catalog.reservations(10, None, "held")]
    assert [{1: 2}] == [quantities(row) for row in await catalog.reservations(10, None, "committed")]

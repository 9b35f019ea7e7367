"""Pages of products while they are edited, added and removed."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from minishop_contracts.reply import Reply
from minishop_server.kit.etags import Condition
from minishop_server.kit.tokens import Caller
from minishop_server.services.catalog.domain import Catalog
from minishop_server.services.catalog.handlers import list_products

SHOPPER = Caller("user_1", "ada", "customer", token="")
ANY = Condition("*")
WALKS = itertools.count()
SORTS = st.sampled_from(["id", "-id", "name", "-name", "price", "-price"])
PRICES = st.integers(0, 3)
NAMES = st.text("aAéß😀�", max_size=2)
PRODUCTS = st.lists(st.tuples(NAMES, PRICES), min_size=1, max_size=9)
EDITS = st.lists(
    st.lists(st.tuples(st.sampled_from(["add", "edit", "remove"]), st.integers(0, 8), NAMES, PRICES), max_size=3),
    max_size=6,
)


def next_cursor(reply: Reply) -> str | None:
    link = reply.headers.get("Link")
    return link and parse_qs(urlsplit(link.partition(">")[0]).query)["cursor"][0]


async def walk(catalog: Catalog, limit: int, **query: Any) -> list[int]:
    """The numbers of all products of a list."""
    found, cursor, first = [], None, True
    while cursor or first:
        reply = await list_products(catalog, SHOPPER, limit, cursor, **query)
        found += [product["id"] for product in reply.body]
        cursor, first = next_cursor(reply), False
    return found


@pytest.mark.parametrize(("price", "moved"), [(900, "ahead"), (1, "back")])
async def test_a_product_that_moves_takes_no_other_with_it(catalog: Catalog, price: int, moved: str) -> None:
    for number in range(8):
        await catalog.add_product(f"Cable {number}", 100 + number, 1)
    first = await list_products(catalog, SHOPPER, 2, sort="price")
    await catalog.update_product(2, ANY, name=None, price=price, stock=None)

    found, cursor = [product["id"] for product in first.body], next_cursor(first)
    while cursor:
        reply = await list_products(catalog, SHOPPER, 2, cursor, sort="price")
        found += [product["id"] for product in reply.body]
        cursor = next_cursor(reply)

    assert [1, 2, 3, 4, 5, 6, 7, 8, *([2] if moved == "ahead" else [])] == found


@settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(sort=SORTS, limit=st.integers(1, 4), products=PRODUCTS, edits=EDITS)
async def test_what_nobody_edits_comes_exactly_once_whatever_happens_to_others(
    catalog: Catalog,
    sort: str,
    limit: int,
    products: list[tuple[str, int]],
    edits: list[list[tuple[str, int, str, int]]],
) -> None:
    mine = f"Walk {next(WALKS)}:"
    numbers = [(await catalog.add_product(f"{mine}{name}", price, 1))["id"] for name, price in products]
    untouched, left, seen = set(numbers), set(numbers), Counter[int]()
    cursor, turn = None, 0
    while cursor or not turn:
        reply = await list_products(catalog, SHOPPER, limit, cursor, q=mine, sort=sort)
        seen.update(product["id"] for product in reply.body)
        cursor = next_cursor(reply)
        for kind, which, name, price in edits[turn] if turn < len(edits) else ():
            number = numbers[which % len(numbers)]
            if kind == "add":
                left.add((await catalog.add_product(f"{mine}{name}", price, 1))["id"])
            elif number in left:
                untouched.discard(number)
                if kind == "edit":
                    await catalog.update_product(number, ANY, name=f"{mine}{name}", price=price, stock=None)
                else:
                    await catalog.remove_product(number, ANY)
                    left.discard(number)
        turn += 1

    assert dict.fromkeys(untouched, 1) == {number: seen[number] for number in untouched}


async def test_all_pages_together_are_the_list(catalog: Catalog) -> None:
    for number in range(11):
        await catalog.add_product(f"{chr(0x1F600 if number % 2 else 0xFFFD)} {number % 3}", 500 + number % 2, 1)

    for sort in ("id", "-id", "name", "-name", "price", "-price"):
        assert await walk(catalog, 100, sort=sort) == await walk(catalog, 4, sort=sort)
        assert list(range(1, 12)) == sorted(await walk(catalog, 3, sort=sort, min_price=5.0, ids=[*range(1, 12)]))

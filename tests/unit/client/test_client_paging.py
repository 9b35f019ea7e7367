"""Lists are walked page by page, and no further than wanted."""

from itertools import islice

import httpx
import pytest

from minishop_client import AsyncMinishop, Minishop, UnexpectedAnswer
from tests.support.scripted_service import Reply, Service

ROUTE = "GET /catalog/products"


def page(*ids: int, following: str = "") -> Reply:
    products = [{"id": i, "name": "Keyboard", "price": 1.0, "stock": 1} for i in ids]
    link = f'<http://elsewhere/catalog/products?cursor={following}&limit=2>; rel="next"'
    return Reply(200, products, {"Link": link} if following else {})


def cursors(service: Service) -> list[str | None]:
    return [httpx.URL(seen.target).params.get("cursor") for seen in service.seen]


def test_every_item_of_every_page_comes_in_order(service: Service) -> None:
    service.on(ROUTE, page(1, 2, following="c_2"), page(3, 4, following="c_4"), page(5))

    with Minishop(service.url) as shop:
        ids = [product.id for product in shop.catalog.iter_products(limit=2, in_stock=True)]

    assert [1, 2, 3, 4, 5] == ids
    assert [None, "c_2", "c_4"] == cursors(service)
    assert all("in_stock=true" in seen.target for seen in service.seen)


async def test_awaited_items_come_in_order(service: Service) -> None:
    service.on(ROUTE, page(1, 2, following="c_2"), page(3))

    async with AsyncMinishop(service.url) as shop:
        ids = [product.id async for product in shop.catalog.iter_products(limit=2)]

    assert [1, 2, 3] == ids
    assert [None, "c_2"] == cursors(service)


def test_nothing_is_fetched_before_it_is_wanted(service: Service) -> None:
    service.on(ROUTE, page(1, 2, following="c_2"), page(3))

    with Minishop(service.url) as shop:
        products = shop.catalog.iter_products()
        assert [] == service.seen
        assert [1, 2] == [product.id for product in islice(products, 2)]

    assert [None] == cursors(service)


def test_an_empty_page_in_the_middle_is_passed_over(service: Service) -> None:
    service.on(ROUTE, page(1, following="c_1"), page(following="c_2"), page(2))

    with Minishop(service.url) as shop:
        assert [1, 2] == [product.id for product in shop.catalog.iter_products()]


def test_a_page_tells_where_the_next_one_begins(service: Service) -> None:
    service.on(ROUTE, page(1, following="c_1"), page(2))

    with Minishop(service.url) as shop:
        first = shop.catalog.with_headers.list_products()
        last = shop.catalog.with_headers.list_products(cursor=first.next_cursor or "")

    assert ("c_1", None) == (first.next_cursor, last.next_cursor)


def test_a_cursor_that_repeats_ends_the_walk_with_an_error(service: Service) -> None:
    service.on(ROUTE, page(1, following="c_1"), page(2, following="c_2"), page(3, following="c_1"))

    with Minishop(service.url) as shop:
        walk = shop.catalog.iter_products()
        assert [1, 2, 3] == [product.id for product in islice(walk, 3)]
        with pytest.raises(UnexpectedAnswer):
            next(walk)

    assert [None, "c_1", "c_2"] == cursors(service)


async def test_an_awaited_cursor_that_repeats_ends_the_walk_with_an_error(service: Service) -> None:
    service.on(ROUTE, page(1, following="c_1"))

    async with AsyncMinishop(service.url) as shop:
        with pytest.raises(UnexpectedAnswer):
            _ = [product async for product in shop.catalog.iter_products()]

    assert [None, "c_1"] == cursors(service)

"""Orders and admins read and write the stock books over HTTP."""

from __future__ import annotations

import pytest

from minishop_client import Conflict
from minishop_client.services.catalog.models import ReservationLine
from tests.support.shop import Shop


async def test_orders_holds_sells_and_gives_back_over_http(sqlite_shop: Shop) -> None:
    catalog, keyboard = sqlite_shop.orders().catalog, await sqlite_shop.product(stock=5)
    books = (await sqlite_shop.admin()).shop.catalog

    held = await catalog.reserve_stock("ORD-101", lines=[ReservationLine(keyboard, 2)])
    committed = await catalog.commit_reservation("ORD-101")
    for wrong in catalog.commit_reservation("ORD-102"), catalog.reserve_stock("ORD-101", lines=[ReservationLine(9, 1)]):
        with pytest.raises(Conflict):
            await wrong
    (book,) = await books.list_stock()
    await catalog.release_stock("ORD-101")
    await catalog.release_stock("ORD-102")
    listed = [(one.order_id, one.status, len(one.lines)) async for one in books.iter_reservations(limit=1)]

    assert ("held", "committed") == (held.status, committed.status)
    assert {"product_id": keyboard, "received": 5, "on_hand": 3, "reserved": 0, "sold": 2} == book.to_dict()
    assert [("ORD-101", "released", 1), ("ORD-102", "released", 0)] == listed
    assert ["ORD-101", "ORD-102"] == [one.order_id for one in await books.list_reservations(status="released")]
    assert 5 == await sqlite_shop.stock(keyboard)

"""Prices, of which Catalog knows decimals and Cart knows cents."""

from __future__ import annotations

from collections.abc import Iterable

from ...kit.ids import ProductId
from ...kit.money import Cents, cents
from ...kit.peers import Peers, ask
from ...kit.tokens import Caller

PAGE = 100
"""Products that Catalog is asked for at a time."""


async def prices_of(peers: Peers, caller: Caller, products: Iterable[ProductId]) -> dict[ProductId, Cents | None]:
    """The price of each, None for one that is not sold."""
    ordered = sorted(products)
    catalog = peers.as_caller(caller).catalog
    prices: dict[ProductId, Cents | None] = dict.fromkeys(ordered)
    for first in range(0, len(ordered), PAGE):  # lines of withdrawn products come on top of those that count
        page: list[int] = [*ordered[first : first + PAGE]]
        found = await ask(catalog.list_products(ids=page, limit=len(page)), by_caller=True)
        prices.update((ProductId(product.id), cents(product.price)) for product in found)
    return prices

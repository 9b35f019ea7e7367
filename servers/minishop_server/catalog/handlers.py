"""Catalog over HTTP."""

from __future__ import annotations

from typing import Any

from minishop_contracts.models.catalog import ProductEdit, ProductInput, ReservationInput

from ..kit.database import Row
from ..kit.etags import etag, expected_version
from ..kit.health import livez, readyz
from ..kit.paging import cursor_row, link_header
from ..kit.reply import Reply
from ..kit.values import amount, cents
from .domain import Catalog

__all__ = [
    "create_product",
    "delete_product",
    "get_product",
    "list_products",
    "livez",
    "readyz",
    "release_stock",
    "reserve_stock",
    "update_product",
]


async def list_products(
    catalog: Catalog,
    limit: int,
    cursor: str | None = None,
    q: str | None = None,
    min_price: float | None = None,
    max_price: float | None = None,
    in_stock: bool | None = None,
    ids: list[int] | None = None,
    sort: str = "id",
) -> Reply:
    """List products."""
    rows = await catalog.products(
        limit=limit + 1,
        after=cursor_row(cursor),
        sort=sort,
        text=q,
        min_price=None if min_price is None else cents(min_price),
        max_price=None if max_price is None else cents(max_price),
        in_stock=in_stock,
        ids=ids,
    )
    query = {
        "q": q,
        "min_price": min_price,
        "max_price": max_price,
        "in_stock": None if in_stock is None else str(in_stock).lower(),
        "ids": ids and ",".join(map(str, ids)),
        "sort": sort,
    }
    headers = link_header("/catalog/products", rows, limit, query)
    return Reply([_product(row) for row in rows[:limit]], headers=headers)


async def create_product(catalog: Catalog, body: ProductInput) -> Reply:
    """Add a product."""
    product = await catalog.add_product(body.name, cents(body.price), body.stock)
    location = {"Location": f"/catalog/products/{product['id']}"}
    return Reply(_product(product), headers={**location, **etag(product["version"])})


async def get_product(catalog: Catalog, product_id: int) -> Reply:
    """Read a product."""
    product = await catalog.product(product_id)
    return Reply(_product(product), headers=etag(product["version"]))


async def update_product(catalog: Catalog, product_id: int, if_match: str, body: ProductEdit) -> Reply:
    """Edit a product."""
    product = await catalog.update_product(
        product_id,
        expected_version(if_match),
        name=body.name,
        price=None if body.price is None else cents(body.price),
        stock=body.stock,
    )
    return Reply(_product(product), headers=etag(product["version"]))


async def delete_product(catalog: Catalog, product_id: int, if_match: str) -> None:
    """Remove a product."""
    await catalog.remove_product(product_id, expected_version(if_match))


async def reserve_stock(catalog: Catalog, order_id: str, body: ReservationInput) -> dict[str, Any]:
    """Take the stock of an order."""
    lines = [(line.product_id, line.quantity) for line in body.lines]
    held = [dict(line) for line in await catalog.reserve(order_id, lines)]
    return {"order_id": order_id, "status": "held", "lines": held}


async def release_stock(catalog: Catalog, order_id: str) -> None:
    """Give the stock of an order back."""
    await catalog.release(order_id)


def _product(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "price": amount(row["price"]),
        "stock": row["stock"],
    }

"""Catalog over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minishop_contracts.answers import catalog as answers
from minishop_contracts.answers.common import NumbersSeen
from minishop_contracts.models import catalog as models
from minishop_contracts.models.common import KnownNumbers
from minishop_contracts.reply import Reply

from ...kit.etags import Condition, etag
from ...kit.health import livez as livez
from ...kit.health import readyz as readyz
from ...kit.ids import ORDERS, OrderId, ProductId
from ...kit.money import amount, cents
from ...kit.order_identity import identity_of
from ...kit.paging import Page
from ...kit.tokens import Caller
from .domain import Catalog, place_of, version_of
from .rows import ProductRow, ReservationRow, StockRow, lines_of

if TYPE_CHECKING:
    from minishop_contracts.interfaces.catalog import Handlers

    from . import handlers

    _: Handlers[Catalog, Caller] = handlers


async def list_products(
    catalog: Catalog,
    caller: Caller,
    limit: int,
    cursor: str | None = None,
    q: str | None = None,
    min_price: float | None = None,
    max_price: float | None = None,
    in_stock: bool | None = None,
    ids: list[int] | None = None,
    sort: str = "id",
) -> Reply[list[answers.Product]]:
    """List products."""
    query = {
        "q": q,
        "min_price": None if min_price is None else amount(cents(min_price)),
        "max_price": None if max_price is None else amount(cents(max_price)),
        "in_stock": None if in_stock is None else str(in_stock).lower(),
        "ids": ids and ",".join(map(str, ids)),
        "sort": sort,
    }
    page = Page("/catalog/products", limit, cursor, query, place=place_of(sort))
    rows = await catalog.products(
        limit=page.fetch,
        after=page.after,
        sort=sort,
        text=q,
        min_price=None if min_price is None else cents(min_price),
        max_price=None if max_price is None else cents(max_price),
        in_stock=in_stock,
        ids=ids,
    )
    return Reply([_product(row) for row in rows[:limit]], headers=page.link(rows))


async def create_product(catalog: Catalog, caller: Caller, body: models.ProductInput) -> Reply[answers.Product]:
    """Add a product."""
    product = await catalog.add_product(body.name, cents(body.price), body.stock)
    location = {"Location": f"/catalog/products/{product['id']}"}
    return Reply(_product(product), headers={**location, **_etag(product)})


async def get_product(catalog: Catalog, caller: Caller, product_id: int) -> Reply[answers.Product]:
    """Read a product."""
    product = await catalog.product(ProductId(product_id))
    return Reply(_product(product), headers=_etag(product))


async def update_product(
    catalog: Catalog, caller: Caller, product_id: int, if_match: str, body: models.ProductEdit
) -> Reply[answers.Product]:
    """Edit a product."""
    product = await catalog.update_product(
        ProductId(product_id),
        Condition(if_match),
        name=body.name,
        price=None if body.price is None else cents(body.price),
        stock=body.stock,
    )
    return Reply(_product(product), headers=_etag(product))


async def delete_product(catalog: Catalog, caller: Caller, product_id: int, if_match: str) -> None:
    """Remove a product."""
    await catalog.remove_product(ProductId(product_id), Condition(if_match))


async def reserve_stock(
    catalog: Catalog, caller: Caller, order_id: str, body: models.ReservationInput
) -> answers.Reservation:
    """Reserve the stock of an order."""
    lines = [(ProductId(line.product_id), line.quantity) for line in body.lines]
    return _reservation(await catalog.reserve(OrderId(order_id), lines, identity_of(body.order_identity)))


async def commit_reservation(
    catalog: Catalog, caller: Caller, order_id: str, order_identity: str | None = None
) -> answers.Reservation:
    """Count the stock of an order as sold."""
    return _reservation(await catalog.commit(OrderId(order_id), identity_of(order_identity)))


async def release_stock(catalog: Catalog, caller: Caller, order_id: str, order_identity: str | None = None) -> None:
    """Release the stock of an order."""
    await catalog.release(OrderId(order_id), identity_of(order_identity))


async def list_reservations(
    catalog: Catalog, caller: Caller, limit: int, cursor: str | None = None, status: str | None = None
) -> Reply[list[answers.Reservation]]:
    """List reservations."""
    page = Page("/catalog/reservations", limit, cursor, {"status": status})
    rows = await catalog.reservations(page.fetch, page.after_row, status)
    return Reply([_reservation(row) for row in rows[:limit]], headers=page.link(rows))


async def list_stock(
    catalog: Catalog, caller: Caller, limit: int, cursor: str | None = None
) -> Reply[list[answers.StockBook]]:
    """List the stock books."""
    page = Page("/catalog/stock", limit, cursor)
    rows = await catalog.stock(page.fetch, page.after_row)
    return Reply([_stock_book(row) for row in rows[:limit]], headers=page.link(rows))


async def compare_numbers(catalog: Catalog, caller: Caller, body: KnownNumbers) -> NumbersSeen:
    """Compare the numbers of products."""
    return {"orders": await catalog.compare_numbers(body.highest)}


def _reservation(row: ReservationRow) -> answers.Reservation:
    answer: answers.Reservation = {
        "order_id": ORDERS.id(row["id"]),
        "status": row["status"],
        "lines": [{"product_id": product_id, "quantity": quantity} for product_id, quantity in lines_of(row)],
    }
    if row["order_identity"] is not None:
        answer["order_identity"] = row["order_identity"]
    return answer


def _stock_book(row: StockRow) -> answers.StockBook:
    return {
        "product_id": row["id"],
        "received": row["received"],
        "on_hand": row["stock"],
        "reserved": row["reserved"],
        "sold": row["sold"],
    }


def _etag(row: ProductRow) -> dict[str, str]:
    return etag(*version_of(row))


def _product(row: ProductRow) -> answers.Product:
    return {
        "id": row["id"],
        "name": row["name"],
        "price": amount(row["price"]),
        "stock": row["stock"],
    }

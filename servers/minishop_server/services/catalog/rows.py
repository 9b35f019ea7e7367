"""The rows of Catalog, and the filters of its products."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Literal, TypedDict

from ...kit.ids import OrderIdentity, OrderNumber, ProductId
from ...kit.money import Cents

Pieces = tuple[ProductId, int]
"""A product and how many of it."""
ReservationStatus = Literal["held", "committed", "refused", "released"]


class ProductRow(TypedDict):
    """A product.

    `version` counts its edits, and `stock_version` the changes of its stock by orders.
    """

    id: ProductId
    name: str
    price: Cents
    stock: int
    version: int
    stock_version: int


class ListedProductRow(ProductRow):
    """A product in a list, with the form of its name that the list may be ordered by."""

    folded_name: str


class StockRow(TypedDict):
    """The stock book of a product: received pieces are in stock, reserved or sold."""

    id: ProductId
    received: int
    stock: int
    reserved: int
    sold: int


class ReservationRow(TypedDict):
    """The stock of an order."""

    id: OrderNumber
    status: ReservationStatus
    lines: str
    """JSON for `lines_of`."""
    order_identity: OrderIdentity | None


class ProductFilters(TypedDict, total=False):
    """The filters and the sort order of `Store.products`."""

    limit: int
    after: Sequence[object] | None
    sort: str
    text: str | None
    min_price: Cents | None
    max_price: Cents | None
    in_stock: bool | None
    ids: Collection[int] | None


def lines_of(reservation: ReservationRow) -> list[Pieces]:
    """The pieces of a reservation by product, or the line that was short if it was refused."""
    lines: list[tuple[int, int]] = json.loads(reservation["lines"])
    return [(ProductId(product_id), quantity) for product_id, quantity in lines]

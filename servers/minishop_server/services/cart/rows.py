"""The rows of Cart, and the lines that are made of them."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from ...kit.ids import OrderIdentity, ProductId, UserId
from ...kit.money import Cents


class LineColumns(TypedDict):
    """A line, of which every column is None for a cart without lines."""

    product_id: ProductId | None
    quantity: int | None
    shown_price: Cents | None
    """The price that the shopper last saw, None where the line was left out."""
    position: int | None


class CartRow(LineColumns):
    """A line of a cart."""

    version: int


class CartOrOrderRow(LineColumns):
    """A line of a cart, or an order that took its pieces out."""

    version: int | None
    order_identity: OrderIdentity | None


class BookRow(CartRow):
    """A line of a cart, with the totals of the whole cart."""

    id: UserId
    all_bought: int
    excess: int


class HighestNumbers(TypedDict):
    """The highest numbers in lines that shoppers made, 0 for none."""

    users: int
    products: int


class StoredLine(NamedTuple):
    """A line that there is."""

    product_id: ProductId
    quantity: int
    shown_price: Cents | None
    position: int


class Snapshot(NamedTuple):
    """The version of a cart and its lines, in the order they were added."""

    version: int
    lines: list[StoredLine]

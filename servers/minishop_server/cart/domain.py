"""The rules of Cart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..kit.auth import Caller
from ..kit.database import Row
from ..kit.peers import Peers, ask
from ..kit.problems import Conflict, FieldError, NotFound
from ..kit.values import cents
from .store import Store

MOST_LINES = 50
MOST_PIECES = 100


class CartFull(Conflict):
    """A line or the cart would hold more than it may."""

    code, title = "cart_full", "The cart is full"


@dataclass(frozen=True, slots=True)
class Line:
    """A line at the price of now, in cents."""

    product_id: int
    quantity: int
    price: int


class Carts:
    """The carts of all users."""

    def __init__(self, store: Store, peers: Peers) -> None:
        self.database = store.database
        self._store = store
        self._peers = peers

    async def cart(self, caller: Caller) -> list[Line]:
        """The caller's cart; products that are no longer sold are left out."""
        rows = await self._store.lines(caller.user_id)
        return _priced(rows, await self._prices(caller, [row["product_id"] for row in rows]))

    async def add(self, caller: Caller, product_id: int, quantity: int) -> list[Line]:
        """The cart with these pieces added.

        Raises:
            NotFound: no such product is sold.
            CartFull: the line would have more than 100 pieces, or the cart more than 50 lines.
        """
        cart = await self._store.cart(caller.user_id)
        prices = await self._prices(caller, {*(row["product_id"] for row in cart.lines), product_id})
        if product_id not in prices:
            error = FieldError("body", "/product_id", "not_found", "is not sold here")
            raise NotFound(f"There is no product {product_id}.", errors=[error])
        lines = await self._store.add(
            caller.user_id, product_id, quantity, most_lines=MOST_LINES, most_pieces=MOST_PIECES, known=cart
        )
        if lines is None:
            raise CartFull(f"A line holds {MOST_PIECES} pieces, and a cart {MOST_LINES} lines.")
        return _priced(lines, prices)

    async def update(self, caller: Caller, product_id: int, quantity: int) -> list[Line]:
        """The cart with this quantity in the line.

        Raises:
            NotFound: the cart has no such line.
        """
        if not await self._store.set_quantity(caller.user_id, product_id, quantity):
            raise NotFound(f"Product {product_id} is not in the cart.")
        return await self.cart(caller)

    async def remove(self, caller: Caller, product_id: int) -> None:
        """Take a line out.

        Raises:
            NotFound: the cart has no such line.
        """
        if not await self._store.remove(caller.user_id, product_id):
            raise NotFound(f"Product {product_id} is not in the cart.")

    async def clear(self, caller: Caller) -> None:
        """Empty the cart."""
        await self._store.clear(caller.user_id)

    async def _prices(self, caller: Caller, products: Iterable[int]) -> dict[int, int]:
        ids = sorted(products)
        if not ids:
            return {}
        catalog = self._peers.as_caller(caller).catalog
        found = await ask(catalog.list_products(ids=ids, limit=len(ids)))
        return {product.id: cents(product.price) for product in found}


def _priced(rows: Iterable[Row], prices: dict[int, int]) -> list[Line]:
    return [
        Line(row["product_id"], row["quantity"], prices[row["product_id"]])
        for row in rows
        if row["product_id"] in prices
    ]

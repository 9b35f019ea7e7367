"""The rules of Cart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ...kit.database import Row
from ...kit.etags import Condition, stale
from ...kit.money import Cents, cents
from ...kit.peers import Peers, ask
from ...kit.problems import Conflict, FieldError, NotFound
from ...kit.tokens import Caller
from .store import Snapshot, Store

MOST_LINES = 50
MOST_PIECES = 100
PAGE = 100
"""Products that Catalog is asked for at a time."""


class CartFull(Conflict):
    """A line or the cart would hold more than it may."""

    code, title = "cart_full", "The cart is full"


class Line(NamedTuple):
    """A line at a price."""

    product_id: int
    quantity: int
    price: Cents


class Cart(NamedTuple):
    """What a shopper sees, or last saw, of a cart."""

    user_id: int
    version: int
    lines: Sequence[Line]

    @property
    def total(self) -> Cents:
        """What its lines cost."""
        return Cents(sum(line.quantity * line.price for line in self.lines))


class CartBook(NamedTuple):
    """A cart as its shopper last saw it, and what was bought of it: see `Store.carts`."""

    cart: Cart
    bought: int
    excess: int


class Carts:
    """The carts of all users."""

    def __init__(self, store: Store, peers: Peers) -> None:
        self.database = store.database
        self._store = store
        self._peers = peers

    async def cart(self, caller: Caller) -> Cart:
        """The caller's cart at the prices of now; products that are no longer sold are left out."""
        return await self._show(caller, await self._store.cart(caller.user_id), {})

    async def add(self, caller: Caller, product_id: int, quantity: int) -> Cart:
        """The cart with these pieces added.

        Raises:
            NotFound: no such product is sold.
            CartFull: the line would have more than 100 pieces, or the cart more than 50 lines.
        """
        user_id = caller.user_id
        known = await self._store.cart(user_id)
        prices = await self._prices(caller, {product_id, *(row["product_id"] for row in known[1])})
        price = prices[product_id]
        if price is None:
            error = FieldError("body", "/product_id", "not_found", "is not sold here")
            raise NotFound(f"There is no product {product_id}.", errors=[error])
        withdrawn = {row["product_id"]: None for row in known[1] if prices[row["product_id"]] is None}
        if any(row["shown_price"] is not None for row in known[1] if row["product_id"] in withdrawn):
            await self._store.show(user_id, known[0], withdrawn)  # or else a checkout might find too many lines
            known = await self._store.cart(user_id)
        limits = {"most_lines": MOST_LINES, "most_pieces": MOST_PIECES}
        cart = await self._store.add(user_id, product_id, quantity, price, **limits, known=known, withdrawn=withdrawn)
        if cart is None:
            raise CartFull(f"A line holds {MOST_PIECES} pieces, and a cart {MOST_LINES} lines.")
        return await self._show(caller, cart, prices)

    async def update(self, caller: Caller, product_id: int, quantity: int) -> Cart:
        """The cart with this quantity in the line.

        Raises:
            NotFound: the cart has no such line.
        """
        cart = await self._store.set_quantity(caller.user_id, product_id, quantity)
        if cart is None:
            raise NotFound(f"Product {product_id} is not in the cart.")
        return await self._show(caller, cart, {})

    async def remove(self, caller: Caller, product_id: int) -> None:
        """Take a line out.

        Raises:
            NotFound: the cart has no such line.
        """
        if await self._store.remove(caller.user_id, product_id) is None:
            raise NotFound(f"Product {product_id} is not in the cart.")

    async def clear(self, caller: Caller, expected: Condition | None = None) -> None:
        """Empty the cart, or only an expected version of it.

        Raises:
            PreconditionFailed: it has another version.
        """
        if expected is None:
            await self._store.clear(caller.user_id)
            return
        cleared = False
        while not cleared:
            version, _ = await self._store.cart(caller.user_id)
            if not expected.takes((version,)):
                raise stale()
            cleared = await self._store.clear_version(caller.user_id, version)

    async def shown(self, user_id: int, orders: Sequence[str] = ()) -> tuple[Cart, list[str]]:
        """A cart as its shopper last saw it, and which of these orders have taken their pieces out of it."""
        (version, rows), bought = await self._store.cart_and_bought(user_id, orders)
        return Cart(user_id, version, _shown(rows)), bought

    async def all_shown(self, limit: int, after: int | None) -> list[CartBook]:
        """The books of carts, by user."""
        books = []
        for user_id, group in groupby(await self._store.carts(limit, after), lambda row: row["id"]):
            rows = list(group)
            cart = Cart(user_id, rows[0]["version"], _shown(rows))
            books.append(CartBook(cart, rows[0]["all_bought"], rows[0]["excess"]))
        return books

    async def highest_numbers(self) -> Row:
        """The highest number of a user with a cart, and of a product in one; 0 where there is none."""
        return await self._store.highest_numbers()

    async def take_bought(self, user_id: int, order_identity: str, lines: Iterable[tuple[int, int]]) -> None:
        """Take what an order bought (product, quantity) out of the cart, as far as it is there; once for each order."""
        pieces: Counter[int] = Counter()
        for product_id, quantity in lines:
            pieces[product_id] += quantity
        await self._store.take_bought(user_id, order_identity, pieces)

    async def _show(self, caller: Caller, cart: Snapshot, prices: Mapping[int, Cents | None]) -> Cart:
        """The cart at these prices, or at those of now where they lack some; remembers what it shows."""
        while True:
            version, rows = cart
            if not all(row["product_id"] in prices for row in rows):
                prices = await self._prices(caller, (row["product_id"] for row in rows))
            lines = []
            changed = {}
            for row in rows:
                product_id = row["product_id"]
                price = prices[product_id]
                if price != row["shown_price"]:
                    changed[product_id] = price
                if price is not None:
                    lines.append(Line(product_id, row["quantity"], price))
            shown_version = await self._store.show(caller.user_id, version, changed) if changed else version
            if shown_version is not None:
                return Cart(caller.user_id, shown_version, lines)
            cart = await self._store.cart(caller.user_id)  # it was edited meanwhile

    async def _prices(self, caller: Caller, products: Iterable[int]) -> dict[int, Cents | None]:
        """The price of each, in cents; None where it is not sold."""
        ids = sorted(products)
        catalog = self._peers.as_caller(caller).catalog
        prices: dict[int, Cents | None] = dict.fromkeys(ids)
        for first in range(0, len(ids), PAGE):  # lines of withdrawn products come on top of those that count
            page = ids[first : first + PAGE]
            found = await ask(catalog.list_products(ids=page, limit=len(page)), by_caller=True)
            prices.update((product.id, cents(product.price)) for product in found)
        return prices


def _shown(rows: Iterable[Row]) -> list[Line]:
    return [
        Line(row["product_id"], row["quantity"], row["shown_price"]) for row in rows if row["shown_price"] is not None
    ]

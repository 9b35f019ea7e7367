"""The rules of Cart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ...kit.etags import Condition, stale
from ...kit.ids import OrderIdentity, ProductId, UserId
from ...kit.money import Cents
from ...kit.peers import Peers
from ...kit.problems import FieldError, NotFound
from ...kit.tokens import Caller
from .errors import CartFull
from .peers import prices_of
from .rows import BookRow, HighestNumbers, Snapshot, StoredLine
from .store import Store, lines_of

MOST_LINES = 50
MOST_PIECES = 100


class Line(NamedTuple):
    """A line at a price."""

    product_id: ProductId
    quantity: int
    price: Cents


class Cart(NamedTuple):
    """A cart as its customer sees, or last saw, it."""

    user_id: UserId
    version: int
    lines: Sequence[Line]

    @property
    def total(self) -> Cents:
        """The price of all lines."""
        return Cents(sum(line.quantity * line.price for line in self.lines))


class CartBook(NamedTuple):
    """A cart as its customer last saw it, and its bought pieces: see `Store.carts`."""

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
        """The caller's cart at current prices, without products that are no longer sold."""
        return await self._show(caller, await self._store.cart(caller.user_id), {})

    async def add(self, caller: Caller, product_id: ProductId, quantity: int) -> Cart:
        """The cart with these pieces added.

        Raises:
            NotFound: no such product is sold.
            CartFull: the line would have more than 100 pieces, or the cart more than 50 lines.
        """
        user_id = caller.user_id
        known = await self._store.cart(user_id)
        prices = await prices_of(self._peers, caller, {product_id, *(line.product_id for line in known.lines)})
        price = prices[product_id]
        if price is None:
            error = FieldError("body", "/product_id", "not_found", "is not sold here")
            raise NotFound(f"There is no product {product_id}.", errors=[error])
        withdrawn = {line.product_id: None for line in known.lines if prices[line.product_id] is None}
        if any(line.shown_price is not None for line in known.lines if line.product_id in withdrawn):
            await self._store.show(user_id, known.version, withdrawn)  # or else a checkout might find too many lines
            known = await self._store.cart(user_id)
        cart = await self._store.add(
            user_id,
            product_id,
            quantity,
            price,
            most_lines=MOST_LINES,
            most_pieces=MOST_PIECES,
            known=known,
            withdrawn=withdrawn,
        )
        if cart is None:
            raise CartFull(f"A line holds {MOST_PIECES} pieces, and a cart {MOST_LINES} lines.")
        return await self._show(caller, cart, prices)

    async def update(self, caller: Caller, product_id: ProductId, quantity: int) -> Cart:
        """The cart with this quantity in the line.

        Raises:
            NotFound: the cart has no such line.
        """
        cart = await self._store.set_quantity(caller.user_id, product_id, quantity)
        if cart is None:
            raise NotFound(f"Product {product_id} is not in the cart.")
        return await self._show(caller, cart, {})

    async def remove(self, caller: Caller, product_id: ProductId) -> None:
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

    async def shown(self, user_id: UserId, orders: Sequence[OrderIdentity] = ()) -> tuple[Cart, list[OrderIdentity]]:
        """A cart as its shopper last saw it, and which of these orders have taken their pieces out of it."""
        (version, lines), bought = await self._store.cart_and_bought(user_id, orders)
        return Cart(user_id, version, _shown(lines)), bought

    async def all_shown(self, limit: int, after: int | None) -> list[CartBook]:
        """The books of carts, by user."""
        books = []
        for user_id, group in groupby(await self._store.carts(limit, after), _user_of):
            rows = list(group)
            cart = Cart(user_id, rows[0]["version"], _shown(lines_of(rows)))
            books.append(CartBook(cart, rows[0]["all_bought"], rows[0]["excess"]))
        return books

    async def highest_numbers(self) -> HighestNumbers:
        """The highest number of a user with a cart, and of a product in a cart, or 0 if there is none."""
        return await self._store.highest_numbers()

    async def take_bought(
        self, user_id: UserId, order_identity: OrderIdentity, lines: Iterable[tuple[ProductId, int]]
    ) -> None:
        """Remove the items of an order (product, quantity) from the cart, once for each order.

        If the cart has fewer pieces of a product, all of them are removed.
        """
        pieces: Counter[ProductId] = Counter()
        for product_id, quantity in lines:
            pieces[product_id] += quantity
        await self._store.take_bought(user_id, order_identity, pieces)

    async def _show(self, caller: Caller, cart: Snapshot, prices: Mapping[ProductId, Cents | None]) -> Cart:
        """The cart at these prices, or at current ones if some are missing.

        The displayed prices are stored.
        """
        while True:
            if not all(line.product_id in prices for line in cart.lines):
                prices = await prices_of(self._peers, caller, (line.product_id for line in cart.lines))
            lines, changed = list[Line](), dict[ProductId, Cents | None]()
            for line in cart.lines:
                price = prices[line.product_id]
                if price != line.shown_price:
                    changed[line.product_id] = price
                if price is not None:
                    lines.append(Line(line.product_id, line.quantity, price))
            shown_version = await self._store.show(caller.user_id, cart.version, changed) if changed else cart.version
            if shown_version is not None:
                return Cart(caller.user_id, shown_version, lines)
            cart = await self._store.cart(caller.user_id)  # it was edited meanwhile


def _shown(lines: Iterable[StoredLine]) -> list[Line]:
    return [Line(line.product_id, line.quantity, line.shown_price) for line in lines if line.shown_price is not None]


def _user_of(row: BookRow) -> UserId:
    return row["id"]

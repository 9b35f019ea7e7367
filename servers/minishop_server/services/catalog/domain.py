"""The rules of Catalog: products, and stock that is never sold twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Unpack

from ...kit.database import Numbers
from ...kit.etags import Condition, Version, stale
from ...kit.ids import ORDERS, OrderId, OrderIdentity, ProductId
from ...kit.money import Cents
from ...kit.order_identity import require_same_order
from ...kit.problems import FieldError, NotFound
from .errors import NotHeld, OutOfStock, ReservationOver
from .rows import ListedProductRow, Pieces, ProductFilters, ProductRow, ReservationRow, StockRow, lines_of
from .store import PLACES, Store


def version_of(product: ProductRow) -> Version:
    """The parts of its ETag: the number of its edits, and of the stock changes by orders."""
    return product["version"], product["stock_version"]


def place_of(sort: str) -> Mapping[str, type]:
    """The columns that this order goes by, and their types."""
    return PLACES[sort.removeprefix("-")]


class Catalog:
    """Products and reservations."""

    def __init__(self, store: Store, numbers: Numbers) -> None:
        self._numbers = numbers
        self.database = store.database
        self._store = store

    async def compare_numbers(self, highest: int) -> int:
        """Learn the highest number of a product that others know, and return that of an order with a reservation."""
        await self._numbers.learn(highest)
        return await self._store.highest_order()

    async def products(self, **filters: Unpack[ProductFilters]) -> list[ListedProductRow]:
        """The products that match the filters of `Store.products`."""
        return await self._store.products(**filters)

    async def product(self, product_id: ProductId) -> ProductRow:
        """A product that is sold.

        Raises:
            NotFound: there is none of that number.
        """
        product = await self._store.product(product_id)
        if product is None:
            raise NotFound(f"There is no product {product_id}.")
        return product

    async def add_product(self, name: str, price: Cents, stock: int) -> ProductRow:
        """A new product."""
        return await self._store.add_product(name, price, stock)

    async def update_product(
        self,
        product_id: ProductId,
        expected: Condition,
        *,
        name: str | None,
        price: Cents | None,
        stock: int | None,
    ) -> ProductRow:
        """The product, edited; None keeps a value. Sales in the meantime conflict only with a new stock.

        Raises:
            NotFound: there is none of that number.
            PreconditionFailed: its version is another one.
        """
        edited = None
        while edited is None:
            version = await self._expected(product_id, expected, parts=1 if stock is None else 2)
            edited = await self._store.update_product(product_id, version, name, price, stock)
        return edited

    async def remove_product(self, product_id: ProductId, expected: Condition) -> None:
        """Take a product off the shelf.

        Raises:
            NotFound: there is none of that number.
            PreconditionFailed: it was edited since.
        """
        while not await self._store.retire_product(product_id, await self._expected(product_id, expected, parts=1)):
            pass

    async def _expected(self, product_id: ProductId, expected: Condition, parts: int) -> Version:
        """The version of a product if it meets the precondition.

        Raises PreconditionFailed if it does not. Callers guard their write by the version, and call again if it has
        changed.
        """
        version = version_of(await self.product(product_id))
        if not expected.takes(version, parts):
            raise stale()
        return version

    async def stock(self, limit: int, after: int | None) -> list[StockRow]:
        """The stock books of all products, by number."""
        return await self._store.stock(limit, after)

    async def reservations(self, limit: int, after: int | None, status: str | None) -> list[ReservationRow]:
        """Reservations, by the number of their order."""
        return await self._store.reservations(limit, after, status)

    async def reserve(
        self, order_id: OrderId, lines: Iterable[Pieces], identity: OrderIdentity | None = None
    ) -> ReservationRow:
        """Take all lines (product, quantity) of an order from stock, or none; its reservation.

        Raises:
            OutOfStock: a product is short, now or when the order first asked.
            ReservationOver: the stock was given back, or other lines are held for the order.
            OtherOrder: the number is that of an order of another identity.
        """
        added: Counter[ProductId] = Counter()
        for product_id, quantity in lines:
            added[product_id] += quantity
        wanted = sorted(added.items())
        reservation = await self._store.reserve(ORDERS.row(order_id), identity, wanted)
        require_same_order(order_id, reservation["order_identity"], identity)
        found = lines_of(reservation)
        if reservation["status"] == "refused":
            ((product_id, quantity),) = found
            detail = f"There is not enough of product {product_id}: {quantity} are wanted."
            error = FieldError("body", "/lines", "out_of_stock", f"lack product {product_id}")
            raise OutOfStock(detail, errors=[error])
        if reservation["status"] == "released":
            raise ReservationOver("The stock of this order was given back.")
        if found != wanted:
            raise ReservationOver("Other lines are held for this order.")
        return reservation

    async def commit(self, order_id: OrderId, identity: OrderIdentity | None = None) -> ReservationRow:
        """Count the items held for the order as sold; its reservation.

        Raises:
            NotHeld: nothing is, or not any more.
            OtherOrder: the number is that of an order of another identity.
        """
        reservation = await self._store.commit(ORDERS.row(order_id), identity)
        if reservation is not None:
            require_same_order(order_id, reservation["order_identity"], identity)
        if reservation is None or reservation["status"] != "committed":
            raise NotHeld("It was never held, or it was given back.")
        return reservation

    async def release(self, order_id: OrderId, identity: OrderIdentity | None = None) -> None:
        """Give the stock of an order back, held or sold, and let it have none any more.

        Raises:
            OtherOrder: the number is that of an order of another identity.
        """
        order = ORDERS.row(order_id)
        # The mark comes first: it waits for a reservation that is being made just now, and then finds it.
        if await self._store.mark_released(order, identity):
            return
        found = await self._store.reservation(order)
        assert found is not None  # reservations are never deleted, and keep their identity
        require_same_order(order_id, found["order_identity"], identity)
        await self._store.release(order)

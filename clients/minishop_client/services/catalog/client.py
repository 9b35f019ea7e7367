# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the catalog service as methods."""

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal

from ...runtime import Api, AsyncApi, Response, async_items, items
from ...values import UNSET, Unset
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .api.products import compare_numbers as _compare_numbers
from .api.products import create_product as _create_product
from .api.products import delete_product as _delete_product
from .api.products import get_product as _get_product
from .api.products import list_products as _list_products
from .api.products import list_stock as _list_stock
from .api.products import update_product as _update_product
from .api.reservations import commit_reservation as _commit_reservation
from .api.reservations import list_reservations as _list_reservations
from .api.reservations import release_stock as _release_stock
from .api.reservations import reserve_stock as _reserve_stock
from .models import (
    Health,
    KnownNumbers,
    NumbersSeen,
    Product,
    ProductEdit,
    ProductInput,
    ProductSort,
    Reservation,
    ReservationInput,
    ReservationLine,
    ReservationStatus,
    StockBook,
)


class CatalogWithHeaders(Api):
    """The same methods, answering a Response: the value with the status and the headers."""

    def list_products(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: list[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> Response[list[Product]]:
        """List products."""
        request = _list_products.request(
            limit=limit,
            cursor=cursor,
            q=q,
            min_price=min_price,
            max_price=max_price,
            in_stock=in_stock,
            ids=ids,
            sort=sort,
        )
        return self._send(request, _list_products.parse)

    def create_product(self, *, name: str, price: Decimal | float, stock: int) -> Response[Product]:
        """Add a product."""
        sent = ProductInput(name=name, price=price, stock=stock)
        request = _create_product.request(body=sent)
        return self._send(request, _create_product.parse)

    def get_product(self, product_id: int) -> Response[Product]:
        """Read a product."""
        request = _get_product.request(product_id=product_id)
        return self._send(request, _get_product.parse)

    def delete_product(self, product_id: int, *, if_match: str) -> Response[None]:
        """Remove a product."""
        request = _delete_product.request(product_id=product_id, if_match=if_match)
        return self._send(request, _delete_product.parse)

    def update_product(
        self,
        product_id: int,
        *,
        name: str | Unset = UNSET,
        price: Decimal | float | Unset = UNSET,
        stock: int | Unset = UNSET,
        if_match: str,
    ) -> Response[Product]:
        """Edit a product."""
        sent = ProductEdit(name=name, price=price, stock=stock)
        request = _update_product.request(product_id=product_id, body=sent, if_match=if_match)
        return self._send(request, _update_product.parse)

    def list_stock(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[StockBook]]:
        """List the stock books."""
        request = _list_stock.request(limit=limit, cursor=cursor)
        return self._send(request, _list_stock.parse)

    def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of products."""
        sent = KnownNumbers(highest=highest)
        request = _compare_numbers.request(body=sent)
        return self._send(request, _compare_numbers.parse)

    def list_reservations(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: ReservationStatus | Unset = UNSET,
    ) -> Response[list[Reservation]]:
        """List reservations."""
        request = _list_reservations.request(limit=limit, cursor=cursor, status=status)
        return self._send(request, _list_reservations.parse)

    def reserve_stock(
        self, order_id: str, *, lines: list[ReservationLine], order_identity: str | Unset = UNSET
    ) -> Response[Reservation]:
        """Take the stock of an order."""
        sent = ReservationInput(lines=lines, order_identity=order_identity)
        request = _reserve_stock.request(order_id=order_id, body=sent)
        return self._send(request, _reserve_stock.parse)

    def release_stock(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[None]:
        """Give the stock of an order back."""
        request = _release_stock.request(order_id=order_id, order_identity=order_identity)
        return self._send(request, _release_stock.parse)

    def commit_reservation(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[Reservation]:
        """Count the stock of an order as sold."""
        request = _commit_reservation.request(order_id=order_id, order_identity=order_identity)
        return self._send(request, _commit_reservation.parse)

    def livez(self) -> Response[Health]:
        """Ask whether Catalog runs."""
        request = _livez.request()
        return self._send(request, _livez.parse)

    def readyz(self) -> Response[Health]:
        """Ask whether Catalog can work."""
        request = _readyz.request()
        return self._send(request, _readyz.parse)


class CatalogApi(Api):
    """The catalog service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> CatalogWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return CatalogWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    def list_products(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: list[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> list[Product]:
        """List products.

        A page of the products that fit all filters given. The order holds over pages; the next
        page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            q: Keep products whose name contains this, in capitals or not.
            min_price: Keep products that cost at least this.
            max_price: Keep products that cost at most this.
            in_stock: Keep products that are in stock (`true`) or are not (`false`).
            ids: Keep these products.
            sort: An order of products.
        """
        answer = self.with_headers.list_products(
            limit=limit,
            cursor=cursor,
            q=q,
            min_price=min_price,
            max_price=max_price,
            in_stock=in_stock,
            ids=ids,
            sort=sort,
        )
        return answer.parsed

    def iter_products(
        self,
        *,
        limit: int | Unset = 20,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: list[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> Iterator[Product]:
        """Every item of `list_products`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_products(
                cursor=cursor,
                limit=limit,
                q=q,
                min_price=min_price,
                max_price=max_price,
                in_stock=in_stock,
                ids=ids,
                sort=sort,
            )
        )

    def create_product(self, *, name: str, price: Decimal | float, stock: int) -> Product:
        """Add a product.

        Admins only.

        Args:
            name: What the product is called; the first character is a visible one.
            price: The price of one piece, with two decimals.
            stock: Pieces that can be sold.
        """
        answer = self.with_headers.create_product(name=name, price=price, stock=stock)
        return answer.parsed

    def get_product(self, product_id: int) -> Product:
        """Read a product.

        The product as it is now.

        Args:
            product_id: Which product.
        """
        answer = self.with_headers.get_product(product_id=product_id)
        return answer.parsed

    def delete_product(self, product_id: int, *, if_match: str) -> None:
        """Remove a product.

        Admins only. It can no longer be bought; orders that hold it keep it. `If-Match`
        compares the edits, the first part of the `ETag`.

        Args:
            product_id: Which product.
            if_match: The `ETag` of the product as it was read; without it the answer is
                428, with a stale one 412. Several tags stand for any of their versions, and `*`
                for the present one, whatever it is. A tag of one part, as earlier versions of
                this document had it, is stale. A weak tag (`W/"3.7"`) matches like a strong
                one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = self.with_headers.delete_product(product_id=product_id, if_match=if_match)
        return answer.parsed

    def update_product(
        self,
        product_id: int,
        *,
        name: str | Unset = UNSET,
        price: Decimal | float | Unset = UNSET,
        stock: int | Unset = UNSET,
        if_match: str,
    ) -> Product:
        """Edit a product.

        Admins only. Changes what the request names and leaves the rest. `If-Match` compares the
        edits, the first part of the `ETag`; with `stock` in the body it compares both parts, so
        that no new stock overwrites a sale.

        Args:
            product_id: Which product.
            name: What the product is called; the first character is a visible one.
            price: The price of one piece, with two decimals.
            stock: Pieces that can be sold.
            if_match: The `ETag` of the product as it was read; without it the answer is
                428, with a stale one 412. Several tags stand for any of their versions, and `*`
                for the present one, whatever it is. A tag of one part, as earlier versions of
                this document had it, is stale. A weak tag (`W/"3.7"`) matches like a strong
                one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = self.with_headers.update_product(
            product_id=product_id, name=name, price=price, stock=stock, if_match=if_match
        )
        return answer.parsed

    def list_stock(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[StockBook]:
        """List the stock books.

        Services and admins. For every product, those no longer sold too, by number: `received =
        on_hand + reserved + sold`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_stock(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_stock(self, *, limit: int | Unset = 20) -> Iterator[StockBook]:
        """Every item of `list_stock`; a page is fetched when its first item is wanted."""
        return items(lambda cursor: self.with_headers.list_stock(cursor=cursor, limit=limit))

    def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of products.

        Orders alone, which tells the highest number of products that other services know, and
        asks for that of an order with a reservation. A service that has not given out that
        number has lost it, as after a restore of its database: it answers 503 from then on,
        until its numbers were raised by `minishop recover catalog`.

        Args:
            highest: The highest number of a kind of thing that a service knows, without its
                prefix; 0 for none.
        """
        answer = self.with_headers.compare_numbers(highest=highest)
        return answer.parsed

    def list_reservations(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: ReservationStatus | Unset = UNSET,
    ) -> list[Reservation]:
        """List reservations.

        Services and admins. By the number of the order.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            status: `held` until it is paid for, then `committed`, which is sold; `refused`
                where it was short, `released` once it was given back.
        """
        answer = self.with_headers.list_reservations(limit=limit, cursor=cursor, status=status)
        return answer.parsed

    def iter_reservations(
        self, *, limit: int | Unset = 20, status: ReservationStatus | Unset = UNSET
    ) -> Iterator[Reservation]:
        """Every item of `list_reservations`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_reservations(
                cursor=cursor, limit=limit, status=status
            )
        )

    def reserve_stock(
        self, order_id: str, *, lines: list[ReservationLine], order_identity: str | Unset = UNSET
    ) -> Reservation:
        """Take the stock of an order.

        Services only. Takes all lines or none; a shortage is a 409 that names the product. What
        is held stays held until it is given back. Repeating it changes nothing, and an order
        whose stock was given back, or was refused, gets none again (409).

        Args:
            order_id: The order the stock is held for.
            lines: Pieces of each product; naming a product twice adds up.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
        """
        answer = self.with_headers.reserve_stock(
            order_id=order_id, lines=lines, order_identity=order_identity
        )
        return answer.parsed

    def release_stock(self, order_id: str, *, order_identity: str | Unset = UNSET) -> None:
        """Give the stock of an order back.

        Services only, for stock that is held or was sold. Repeating it changes nothing; coming
        before the reservation, it keeps that from ever being made.

        Args:
            order_id: The order the stock is held for.
            order_identity: The identity of the order; without it the number alone decides.
        """
        answer = self.with_headers.release_stock(order_id=order_id, order_identity=order_identity)
        return answer.parsed

    def commit_reservation(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Reservation:
        """Count the stock of an order as sold.

        Services only, once the order is paid for. Repeating it changes nothing. Where nothing
        is held for the order, the answer is 409.

        Args:
            order_id: The order the stock is held for.
            order_identity: The identity of the order; without it the number alone decides.
        """
        answer = self.with_headers.commit_reservation(
            order_id=order_id, order_identity=order_identity
        )
        return answer.parsed

    def livez(self) -> Health:
        """Ask whether Catalog runs.

        Anybody may. Touches nothing else.
        """
        answer = self.with_headers.livez()
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether Catalog can work.

        Anybody may. Asks the database.
        """
        answer = self.with_headers.readyz()
        return answer.parsed


class AsyncCatalogWithHeaders(AsyncApi):
    """The same methods, answering a Response: the value with the status and the headers."""

    async def list_products(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: list[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> Response[list[Product]]:
        """List products."""
        request = _list_products.request(
            limit=limit,
            cursor=cursor,
            q=q,
            min_price=min_price,
            max_price=max_price,
            in_stock=in_stock,
            ids=ids,
            sort=sort,
        )
        return await self._send(request, _list_products.parse)

    async def create_product(
        self, *, name: str, price: Decimal | float, stock: int
    ) -> Response[Product]:
        """Add a product."""
        sent = ProductInput(name=name, price=price, stock=stock)
        request = _create_product.request(body=sent)
        return await self._send(request, _create_product.parse)

    async def get_product(self, product_id: int) -> Response[Product]:
        """Read a product."""
        request = _get_product.request(product_id=product_id)
        return await self._send(request, _get_product.parse)

    async def delete_product(self, product_id: int, *, if_match: str) -> Response[None]:
        """Remove a product."""
        request = _delete_product.request(product_id=product_id, if_match=if_match)
        return await self._send(request, _delete_product.parse)

    async def update_product(
        self,
        product_id: int,
        *,
        name: str | Unset = UNSET,
        price: Decimal | float | Unset = UNSET,
        stock: int | Unset = UNSET,
        if_match: str,
    ) -> Response[Product]:
        """Edit a product."""
        sent = ProductEdit(name=name, price=price, stock=stock)
        request = _update_product.request(product_id=product_id, body=sent, if_match=if_match)
        return await self._send(request, _update_product.parse)

    async def list_stock(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[StockBook]]:
        """List the stock books."""
        request = _list_stock.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_stock.parse)

    async def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of products."""
        sent = KnownNumbers(highest=highest)
        request = _compare_numbers.request(body=sent)
        return await self._send(request, _compare_numbers.parse)

    async def list_reservations(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: ReservationStatus | Unset = UNSET,
    ) -> Response[list[Reservation]]:
        """List reservations."""
        request = _list_reservations.request(limit=limit, cursor=cursor, status=status)
        return await self._send(request, _list_reservations.parse)

    async def reserve_stock(
        self, order_id: str, *, lines: list[ReservationLine], order_identity: str | Unset = UNSET
    ) -> Response[Reservation]:
        """Take the stock of an order."""
        sent = ReservationInput(lines=lines, order_identity=order_identity)
        request = _reserve_stock.request(order_id=order_id, body=sent)
        return await self._send(request, _reserve_stock.parse)

    async def release_stock(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[None]:
        """Give the stock of an order back."""
        request = _release_stock.request(order_id=order_id, order_identity=order_identity)
        return await self._send(request, _release_stock.parse)

    async def commit_reservation(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[Reservation]:
        """Count the stock of an order as sold."""
        request = _commit_reservation.request(order_id=order_id, order_identity=order_identity)
        return await self._send(request, _commit_reservation.parse)

    async def livez(self) -> Response[Health]:
        """Ask whether Catalog runs."""
        request = _livez.request()
        return await self._send(request, _livez.parse)

    async def readyz(self) -> Response[Health]:
        """Ask whether Catalog can work."""
        request = _readyz.request()
        return await self._send(request, _readyz.parse)


class AsyncCatalogApi(AsyncApi):
    """The catalog service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncCatalogWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AsyncCatalogWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    async def list_products(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: list[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> list[Product]:
        """List products.

        A page of the products that fit all filters given. The order holds over pages; the next
        page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            q: Keep products whose name contains this, in capitals or not.
            min_price: Keep products that cost at least this.
            max_price: Keep products that cost at most this.
            in_stock: Keep products that are in stock (`true`) or are not (`false`).
            ids: Keep these products.
            sort: An order of products.
        """
        answer = await self.with_headers.list_products(
            limit=limit,
            cursor=cursor,
            q=q,
            min_price=min_price,
            max_price=max_price,
            in_stock=in_stock,
            ids=ids,
            sort=sort,
        )
        return answer.parsed

    def iter_products(
        self,
        *,
        limit: int | Unset = 20,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: list[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> AsyncIterator[Product]:
        """Every item of `list_products`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_products(
                cursor=cursor,
                limit=limit,
                q=q,
                min_price=min_price,
                max_price=max_price,
                in_stock=in_stock,
                ids=ids,
                sort=sort,
            )
        )

    async def create_product(self, *, name: str, price: Decimal | float, stock: int) -> Product:
        """Add a product.

        Admins only.

        Args:
            name: What the product is called; the first character is a visible one.
            price: The price of one piece, with two decimals.
            stock: Pieces that can be sold.
        """
        answer = await self.with_headers.create_product(name=name, price=price, stock=stock)
        return answer.parsed

    async def get_product(self, product_id: int) -> Product:
        """Read a product.

        The product as it is now.

        Args:
            product_id: Which product.
        """
        answer = await self.with_headers.get_product(product_id=product_id)
        return answer.parsed

    async def delete_product(self, product_id: int, *, if_match: str) -> None:
        """Remove a product.

        Admins only. It can no longer be bought; orders that hold it keep it. `If-Match`
        compares the edits, the first part of the `ETag`.

        Args:
            product_id: Which product.
            if_match: The `ETag` of the product as it was read; without it the answer is
                428, with a stale one 412. Several tags stand for any of their versions, and `*`
                for the present one, whatever it is. A tag of one part, as earlier versions of
                this document had it, is stale. A weak tag (`W/"3.7"`) matches like a strong
                one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = await self.with_headers.delete_product(product_id=product_id, if_match=if_match)
        return answer.parsed

    async def update_product(
        self,
        product_id: int,
        *,
        name: str | Unset = UNSET,
        price: Decimal | float | Unset = UNSET,
        stock: int | Unset = UNSET,
        if_match: str,
    ) -> Product:
        """Edit a product.

        Admins only. Changes what the request names and leaves the rest. `If-Match` compares the
        edits, the first part of the `ETag`; with `stock` in the body it compares both parts, so
        that no new stock overwrites a sale.

        Args:
            product_id: Which product.
            name: What the product is called; the first character is a visible one.
            price: The price of one piece, with two decimals.
            stock: Pieces that can be sold.
            if_match: The `ETag` of the product as it was read; without it the answer is
                428, with a stale one 412. Several tags stand for any of their versions, and `*`
                for the present one, whatever it is. A tag of one part, as earlier versions of
                this document had it, is stale. A weak tag (`W/"3.7"`) matches like a strong
                one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = await self.with_headers.update_product(
            product_id=product_id, name=name, price=price, stock=stock, if_match=if_match
        )
        return answer.parsed

    async def list_stock(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[StockBook]:
        """List the stock books.

        Services and admins. For every product, those no longer sold too, by number: `received =
        on_hand + reserved + sold`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_stock(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_stock(self, *, limit: int | Unset = 20) -> AsyncIterator[StockBook]:
        """Every item of `list_stock`; a page is fetched when its first item is wanted."""
        return async_items(lambda cursor: self.with_headers.list_stock(cursor=cursor, limit=limit))

    async def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of products.

        Orders alone, which tells the highest number of products that other services know, and
        asks for that of an order with a reservation. A service that has not given out that
        number has lost it, as after a restore of its database: it answers 503 from then on,
        until its numbers were raised by `minishop recover catalog`.

        Args:
            highest: The highest number of a kind of thing that a service knows, without its
                prefix; 0 for none.
        """
        answer = await self.with_headers.compare_numbers(highest=highest)
        return answer.parsed

    async def list_reservations(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: ReservationStatus | Unset = UNSET,
    ) -> list[Reservation]:
        """List reservations.

        Services and admins. By the number of the order.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            status: `held` until it is paid for, then `committed`, which is sold; `refused`
                where it was short, `released` once it was given back.
        """
        answer = await self.with_headers.list_reservations(
            limit=limit, cursor=cursor, status=status
        )
        return answer.parsed

    def iter_reservations(
        self, *, limit: int | Unset = 20, status: ReservationStatus | Unset = UNSET
    ) -> AsyncIterator[Reservation]:
        """Every item of `list_reservations`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_reservations(
                cursor=cursor, limit=limit, status=status
            )
        )

    async def reserve_stock(
        self, order_id: str, *, lines: list[ReservationLine], order_identity: str | Unset = UNSET
    ) -> Reservation:
        """Take the stock of an order.

        Services only. Takes all lines or none; a shortage is a 409 that names the product. What
        is held stays held until it is given back. Repeating it changes nothing, and an order
        whose stock was given back, or was refused, gets none again (409).

        Args:
            order_id: The order the stock is held for.
            lines: Pieces of each product; naming a product twice adds up.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
        """
        answer = await self.with_headers.reserve_stock(
            order_id=order_id, lines=lines, order_identity=order_identity
        )
        return answer.parsed

    async def release_stock(self, order_id: str, *, order_identity: str | Unset = UNSET) -> None:
        """Give the stock of an order back.

        Services only, for stock that is held or was sold. Repeating it changes nothing; coming
        before the reservation, it keeps that from ever being made.

        Args:
            order_id: The order the stock is held for.
            order_identity: The identity of the order; without it the number alone decides.
        """
        answer = await self.with_headers.release_stock(
            order_id=order_id, order_identity=order_identity
        )
        return answer.parsed

    async def commit_reservation(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Reservation:
        """Count the stock of an order as sold.

        Services only, once the order is paid for. Repeating it changes nothing. Where nothing
        is held for the order, the answer is 409.

        Args:
            order_id: The order the stock is held for.
            order_identity: The identity of the order; without it the number alone decides.
        """
        answer = await self.with_headers.commit_reservation(
            order_id=order_id, order_identity=order_identity
        )
        return answer.parsed

    async def livez(self) -> Health:
        """Ask whether Catalog runs.

        Anybody may. Touches nothing else.
        """
        answer = await self.with_headers.livez()
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether Catalog can work.

        Anybody may. Asks the database.
        """
        answer = await self.with_headers.readyz()
        return answer.parsed

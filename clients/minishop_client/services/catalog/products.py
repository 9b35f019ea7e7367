# Generated from openapi/ by scripts/generate.py: do not edit.
"""Products."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from decimal import Decimal

from minishop_client.calls import (
    Call,
    given,
    joined,
    read_list,
    read_nothing,
    read_object,
    segment,
)
from minishop_client.runtime import Api, AsyncApi, Response, async_items, items
from minishop_client.values import UNSET, Unset, number

from .models import (
    KnownNumbers,
    NumbersSeen,
    Product,
    ProductEdit,
    ProductInput,
    ProductSort,
    StockBook,
)


def _list_products(
    *,
    limit: int | Unset = 20,
    cursor: str | Unset = UNSET,
    q: str | Unset = UNSET,
    min_price: Decimal | float | Unset = UNSET,
    max_price: Decimal | float | Unset = UNSET,
    in_stock: bool | Unset = UNSET,
    ids: Sequence[int] | Unset = UNSET,
    sort: ProductSort | Unset = UNSET,
) -> Call[list[Product]]:
    return Call(
        "GET",
        "/catalog/products",
        read_list(Product.from_dict),
        params=given(
            {
                "limit": limit,
                "cursor": cursor,
                "q": q,
                "min_price": number(min_price),
                "max_price": number(max_price),
                "in_stock": in_stock,
                "ids": joined(ids),
                "sort": sort,
            }
        ),
    )


def _create_product(*, name: str, price: Decimal | float, stock: int) -> Call[Product]:
    return Call(
        "POST",
        "/catalog/products",
        read_object(Product.from_dict),
        json=ProductInput(name=name, price=price, stock=stock).to_dict(),
    )


def _get_product(product_id: int) -> Call[Product]:
    return Call(
        "GET",
        f"/catalog/products/{segment(product_id)}",
        read_object(Product.from_dict),
    )


def _delete_product(product_id: int, *, if_match: str) -> Call[None]:
    return Call(
        "DELETE",
        f"/catalog/products/{segment(product_id)}",
        read_nothing,
        headers=given({"If-Match": if_match}),
    )


def _update_product(
    product_id: int,
    *,
    name: str | Unset = UNSET,
    price: Decimal | float | Unset = UNSET,
    stock: int | Unset = UNSET,
    if_match: str,
) -> Call[Product]:
    return Call(
        "PATCH",
        f"/catalog/products/{segment(product_id)}",
        read_object(Product.from_dict),
        headers=given({"If-Match": if_match}),
        json=ProductEdit(name=name, price=price, stock=stock).to_dict(),
    )


def _list_stock(*, limit: int | Unset = 20, cursor: str | Unset = UNSET) -> Call[list[StockBook]]:
    return Call(
        "GET",
        "/catalog/stock",
        read_list(StockBook.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
    )


def _compare_numbers(*, highest: int) -> Call[NumbersSeen]:
    return Call(
        "POST",
        "/catalog/numbers",
        read_object(NumbersSeen.from_dict),
        json=KnownNumbers(highest=highest).to_dict(),
    )


class ProductsResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def list_products(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: Sequence[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> Response[list[Product]]:
        """List products."""
        return self._send(
            _list_products(
                limit=limit,
                cursor=cursor,
                q=q,
                min_price=min_price,
                max_price=max_price,
                in_stock=in_stock,
                ids=ids,
                sort=sort,
            )
        )

    def create_product(self, *, name: str, price: Decimal | float, stock: int) -> Response[Product]:
        """Add a product."""
        return self._send(_create_product(name=name, price=price, stock=stock))

    def get_product(self, product_id: int) -> Response[Product]:
        """Read a product."""
        return self._send(_get_product(product_id=product_id))

    def delete_product(self, product_id: int, *, if_match: str) -> Response[None]:
        """Remove a product."""
        return self._send(_delete_product(product_id=product_id, if_match=if_match))

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
        return self._send(
            _update_product(
                product_id=product_id, name=name, price=price, stock=stock, if_match=if_match
            )
        )

    def list_stock(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[StockBook]]:
        """List the stock books."""
        return self._send(_list_stock(limit=limit, cursor=cursor))

    def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of products."""
        return self._send(_compare_numbers(highest=highest))


class ProductsResource(Api):
    """Products. Each method returns the value or raises an ApiError."""

    def list_products(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: Sequence[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> list[Product]:
        """List products.

        A page of the products that fit all filters given. The order holds over pages; the next
        page stands in `Link`.

        Args:
            limit: The maximum number of items in a page.
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
        answer = self._send(
            _list_products(
                limit=limit,
                cursor=cursor,
                q=q,
                min_price=min_price,
                max_price=max_price,
                in_stock=in_stock,
                ids=ids,
                sort=sort,
            )
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
        ids: Sequence[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> Iterator[Product]:
        """Every item of `list_products`, with each page fetched on demand."""
        return items(
            lambda cursor: self._send(
                _list_products(
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
        )

    def create_product(self, *, name: str, price: Decimal | float, stock: int) -> Product:
        """Add a product.

        Admins only.

        Args:
            name: The name of the product. The first character is visible.
            price: The price of one piece, with two decimals.
            stock: Pieces that can be sold.
        """
        answer = self._send(_create_product(name=name, price=price, stock=stock))
        return answer.parsed

    def get_product(self, product_id: int) -> Product:
        """Read a product.

        The product as it is now.

        Args:
            product_id: Which product.
        """
        answer = self._send(_get_product(product_id=product_id))
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
        answer = self._send(_delete_product(product_id=product_id, if_match=if_match))
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
            name: The name of the product. The first character is visible.
            price: The price of one piece, with two decimals.
            stock: Pieces that can be sold.
            if_match: The `ETag` of the product as it was read; without it the answer is
                428, with a stale one 412. Several tags stand for any of their versions, and `*`
                for the present one, whatever it is. A tag of one part, as earlier versions of
                this document had it, is stale. A weak tag (`W/"3.7"`) matches like a strong
                one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = self._send(
            _update_product(
                product_id=product_id, name=name, price=price, stock=stock, if_match=if_match
            )
        )
        return answer.parsed

    def list_stock(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[StockBook]:
        """List the stock books.

        Services and admins. For every product, those no longer sold too, by number: `received =
        on_hand + reserved + sold`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self._send(_list_stock(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_stock(self, *, limit: int | Unset = 20) -> Iterator[StockBook]:
        """Every item of `list_stock`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_stock(cursor=cursor, limit=limit)))

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
        answer = self._send(_compare_numbers(highest=highest))
        return answer.parsed


class AsyncProductsResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def list_products(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: Sequence[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> Response[list[Product]]:
        """List products."""
        return await self._send(
            _list_products(
                limit=limit,
                cursor=cursor,
                q=q,
                min_price=min_price,
                max_price=max_price,
                in_stock=in_stock,
                ids=ids,
                sort=sort,
            )
        )

    async def create_product(
        self, *, name: str, price: Decimal | float, stock: int
    ) -> Response[Product]:
        """Add a product."""
        return await self._send(_create_product(name=name, price=price, stock=stock))

    async def get_product(self, product_id: int) -> Response[Product]:
        """Read a product."""
        return await self._send(_get_product(product_id=product_id))

    async def delete_product(self, product_id: int, *, if_match: str) -> Response[None]:
        """Remove a product."""
        return await self._send(_delete_product(product_id=product_id, if_match=if_match))

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
        return await self._send(
            _update_product(
                product_id=product_id, name=name, price=price, stock=stock, if_match=if_match
            )
        )

    async def list_stock(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[StockBook]]:
        """List the stock books."""
        return await self._send(_list_stock(limit=limit, cursor=cursor))

    async def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of products."""
        return await self._send(_compare_numbers(highest=highest))


class AsyncProductsResource(AsyncApi):
    """Products. Each method returns the value or raises an ApiError."""

    async def list_products(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        q: str | Unset = UNSET,
        min_price: Decimal | float | Unset = UNSET,
        max_price: Decimal | float | Unset = UNSET,
        in_stock: bool | Unset = UNSET,
        ids: Sequence[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> list[Product]:
        """List products.

        A page of the products that fit all filters given. The order holds over pages; the next
        page stands in `Link`.

        Args:
            limit: The maximum number of items in a page.
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
        answer = await self._send(
            _list_products(
                limit=limit,
                cursor=cursor,
                q=q,
                min_price=min_price,
                max_price=max_price,
                in_stock=in_stock,
                ids=ids,
                sort=sort,
            )
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
        ids: Sequence[int] | Unset = UNSET,
        sort: ProductSort | Unset = UNSET,
    ) -> AsyncIterator[Product]:
        """Every item of `list_products`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(
                _list_products(
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
        )

    async def create_product(self, *, name: str, price: Decimal | float, stock: int) -> Product:
        """Add a product.

        Admins only.

        Args:
            name: The name of the product. The first character is visible.
            price: The price of one piece, with two decimals.
            stock: Pieces that can be sold.
        """
        answer = await self._send(_create_product(name=name, price=price, stock=stock))
        return answer.parsed

    async def get_product(self, product_id: int) -> Product:
        """Read a product.

        The product as it is now.

        Args:
            product_id: Which product.
        """
        answer = await self._send(_get_product(product_id=product_id))
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
        answer = await self._send(_delete_product(product_id=product_id, if_match=if_match))
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
            name: The name of the product. The first character is visible.
            price: The price of one piece, with two decimals.
            stock: Pieces that can be sold.
            if_match: The `ETag` of the product as it was read; without it the answer is
                428, with a stale one 412. Several tags stand for any of their versions, and `*`
                for the present one, whatever it is. A tag of one part, as earlier versions of
                this document had it, is stale. A weak tag (`W/"3.7"`) matches like a strong
                one, a deliberate departure from RFC 9110, section 13.1.1: a proxy that
                compresses an answer makes its tag weak.
        """
        answer = await self._send(
            _update_product(
                product_id=product_id, name=name, price=price, stock=stock, if_match=if_match
            )
        )
        return answer.parsed

    async def list_stock(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[StockBook]:
        """List the stock books.

        Services and admins. For every product, those no longer sold too, by number: `received =
        on_hand + reserved + sold`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self._send(_list_stock(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_stock(self, *, limit: int | Unset = 20) -> AsyncIterator[StockBook]:
        """Every item of `list_stock`, with each page fetched on demand."""
        return async_items(lambda cursor: self._send(_list_stock(cursor=cursor, limit=limit)))

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
        answer = await self._send(_compare_numbers(highest=highest))
        return answer.parsed

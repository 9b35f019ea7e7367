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

        Returns a page of the products that match all filters. The `Link` header leads to the
        next page in the same order.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            q: Products whose name contains this text, case-insensitive.
            min_price: Products that cost at least this amount.
            max_price: Products that cost at most this amount.
            in_stock: Products that are in stock (`true`) or out of stock (`false`).
            ids: Products with these numbers.
            sort: A sort order of products.
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
            stock: The number of pieces that can be sold.
        """
        answer = self._send(_create_product(name=name, price=price, stock=stock))
        return answer.parsed

    def get_product(self, product_id: int) -> Product:
        """Read a product.

        Returns the product in its present version.

        Args:
            product_id: The number of the product.
        """
        answer = self._send(_get_product(product_id=product_id))
        return answer.parsed

    def delete_product(self, product_id: int, *, if_match: str) -> None:
        """Remove a product.

        Admins only. The product can no longer be bought. Orders that hold it keep it. `If-
        Match` compares the first part of the `ETag`, which counts the edits.

        Args:
            product_id: The number of the product.
            if_match: The `ETag` of the product. A request without it is answered with 428,
                one with a stale tag with 412. Several tags match any of their versions, and `*`
                matches every version. A tag with one part, as in earlier versions of this
                document, is stale. A weak tag (`W/"3.7"`) matches like a strong one, a
                deliberate departure from RFC 9110, section 13.1.1: a proxy that compresses a
                response makes its tag weak.
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

        Admins only. Fields that the request leaves out stay as they are. `If-Match` compares
        the first part of the `ETag`, which counts the edits. If the body contains `stock`, it
        compares both parts, so that a new stock overwrites no sale.

        Args:
            product_id: The number of the product.
            name: The name of the product. The first character is visible.
            price: The price of one piece, with two decimals.
            stock: The number of pieces that can be sold.
            if_match: The `ETag` of the product. A request without it is answered with 428,
                one with a stale tag with 412. Several tags match any of their versions, and `*`
                matches every version. A tag with one part, as in earlier versions of this
                document, is stale. A weak tag (`W/"3.7"`) matches like a strong one, a
                deliberate departure from RFC 9110, section 13.1.1: a proxy that compresses a
                response makes its tag weak.
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

        Services and admins. Returns one entry for each product, including those no longer sold,
        by number: `received = on_hand + reserved + sold`.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_stock(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_stock(self, *, limit: int | Unset = 20) -> Iterator[StockBook]:
        """Every item of `list_stock`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_stock(cursor=cursor, limit=limit)))

    def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of products.

        Orders only. The request contains the highest number of a product that other services
        know; the response contains the highest number of an order with a reservation. If
        Catalog has not given out the number of the request, it has lost data, for example
        because its database was restored. It then answers 503 until `minishop recover catalog`
        has raised its numbers.

        Args:
            highest: The highest number of one kind of object that a service knows, without
                its prefix; 0 for none.
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

        Returns a page of the products that match all filters. The `Link` header leads to the
        next page in the same order.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            q: Products whose name contains this text, case-insensitive.
            min_price: Products that cost at least this amount.
            max_price: Products that cost at most this amount.
            in_stock: Products that are in stock (`true`) or out of stock (`false`).
            ids: Products with these numbers.
            sort: A sort order of products.
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
            stock: The number of pieces that can be sold.
        """
        answer = await self._send(_create_product(name=name, price=price, stock=stock))
        return answer.parsed

    async def get_product(self, product_id: int) -> Product:
        """Read a product.

        Returns the product in its present version.

        Args:
            product_id: The number of the product.
        """
        answer = await self._send(_get_product(product_id=product_id))
        return answer.parsed

    async def delete_product(self, product_id: int, *, if_match: str) -> None:
        """Remove a product.

        Admins only. The product can no longer be bought. Orders that hold it keep it. `If-
        Match` compares the first part of the `ETag`, which counts the edits.

        Args:
            product_id: The number of the product.
            if_match: The `ETag` of the product. A request without it is answered with 428,
                one with a stale tag with 412. Several tags match any of their versions, and `*`
                matches every version. A tag with one part, as in earlier versions of this
                document, is stale. A weak tag (`W/"3.7"`) matches like a strong one, a
                deliberate departure from RFC 9110, section 13.1.1: a proxy that compresses a
                response makes its tag weak.
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

        Admins only. Fields that the request leaves out stay as they are. `If-Match` compares
        the first part of the `ETag`, which counts the edits. If the body contains `stock`, it
        compares both parts, so that a new stock overwrites no sale.

        Args:
            product_id: The number of the product.
            name: The name of the product. The first character is visible.
            price: The price of one piece, with two decimals.
            stock: The number of pieces that can be sold.
            if_match: The `ETag` of the product. A request without it is answered with 428,
                one with a stale tag with 412. Several tags match any of their versions, and `*`
                matches every version. A tag with one part, as in earlier versions of this
                document, is stale. A weak tag (`W/"3.7"`) matches like a strong one, a
                deliberate departure from RFC 9110, section 13.1.1: a proxy that compresses a
                response makes its tag weak.
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

        Services and admins. Returns one entry for each product, including those no longer sold,
        by number: `received = on_hand + reserved + sold`.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = await self._send(_list_stock(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_stock(self, *, limit: int | Unset = 20) -> AsyncIterator[StockBook]:
        """Every item of `list_stock`, with each page fetched on demand."""
        return async_items(lambda cursor: self._send(_list_stock(cursor=cursor, limit=limit)))

    async def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of products.

        Orders only. The request contains the highest number of a product that other services
        know; the response contains the highest number of an order with a reservation. If
        Catalog has not given out the number of the request, it has lost data, for example
        because its database was restored. It then answers 503 until `minishop recover catalog`
        has raised its numbers.

        Args:
            highest: The highest number of one kind of object that a service knows, without
                its prefix; 0 for none.
        """
        answer = await self._send(_compare_numbers(highest=highest))
        return answer.parsed

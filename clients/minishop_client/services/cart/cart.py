# Generated from openapi/ by scripts/generate.py: do not edit.
"""The cart of the caller."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence

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
from minishop_client.values import UNSET, Unset

from .models import (
    BoughtLine,
    BoughtPieces,
    Cart,
    CartBook,
    CartItemEdit,
    CartItemInput,
    CartNumbers,
    ShownCart,
)


def _get_cart() -> Call[Cart]:
    return Call(
        "GET",
        "/cart",
        read_object(Cart.from_dict),
    )


def _clear_cart(*, if_match: str | Unset = UNSET) -> Call[None]:
    return Call(
        "DELETE",
        "/cart",
        read_nothing,
        headers=given({"If-Match": if_match}),
    )


def _add_cart_item(*, product_id: int, quantity: int) -> Call[Cart]:
    return Call(
        "POST",
        "/cart/items",
        read_object(Cart.from_dict),
        json=CartItemInput(product_id=product_id, quantity=quantity).to_dict(),
    )


def _remove_cart_item(product_id: int) -> Call[None]:
    return Call(
        "DELETE",
        f"/cart/items/{segment(product_id)}",
        read_nothing,
    )


def _update_cart_item(product_id: int, *, quantity: int) -> Call[Cart]:
    return Call(
        "PATCH",
        f"/cart/items/{segment(product_id)}",
        read_object(Cart.from_dict),
        json=CartItemEdit(quantity=quantity).to_dict(),
    )


def _list_carts(*, limit: int | Unset = 20, cursor: str | Unset = UNSET) -> Call[list[CartBook]]:
    return Call(
        "GET",
        "/cart/users",
        read_list(CartBook.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
    )


def _get_cart_for_checkout(
    user_id: int, *, orders: Sequence[str] | Unset = UNSET
) -> Call[ShownCart]:
    return Call(
        "GET",
        f"/cart/users/{segment(user_id)}",
        read_object(ShownCart.from_dict),
        params=given({"orders": joined(orders)}),
    )


def _take_bought_pieces(
    user_id: int, order_identity: str, *, lines: Sequence[BoughtLine]
) -> Call[None]:
    return Call(
        "PUT",
        f"/cart/users/{segment(user_id)}/orders/{segment(order_identity)}",
        read_nothing,
        json=BoughtPieces(lines=tuple(lines)).to_dict(),
    )


def _get_highest_numbers() -> Call[CartNumbers]:
    return Call(
        "GET",
        "/cart/numbers",
        read_object(CartNumbers.from_dict),
    )


class CartResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def get_cart(self) -> Response[Cart]:
        """Read your cart."""
        return self._send(_get_cart())

    def clear_cart(self, *, if_match: str | Unset = UNSET) -> Response[None]:
        """Empty your cart."""
        return self._send(_clear_cart(if_match=if_match))

    def add_cart_item(self, *, product_id: int, quantity: int) -> Response[Cart]:
        """Add a product to your cart."""
        return self._send(_add_cart_item(product_id=product_id, quantity=quantity))

    def remove_cart_item(self, product_id: int) -> Response[None]:
        """Remove a line."""
        return self._send(_remove_cart_item(product_id=product_id))

    def update_cart_item(self, product_id: int, *, quantity: int) -> Response[Cart]:
        """Set the quantity of a line."""
        return self._send(_update_cart_item(product_id=product_id, quantity=quantity))

    def list_carts(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[CartBook]]:
        """List carts."""
        return self._send(_list_carts(limit=limit, cursor=cursor))

    def get_cart_for_checkout(
        self, user_id: int, *, orders: Sequence[str] | Unset = UNSET
    ) -> Response[ShownCart]:
        """Read a cart that is being bought."""
        return self._send(_get_cart_for_checkout(user_id=user_id, orders=orders))

    def take_bought_pieces(
        self, user_id: int, order_identity: str, *, lines: Sequence[BoughtLine]
    ) -> Response[None]:
        """Take the pieces of an order out of a cart."""
        return self._send(
            _take_bought_pieces(user_id=user_id, order_identity=order_identity, lines=lines)
        )

    def get_highest_numbers(self) -> Response[CartNumbers]:
        """Read the highest numbers in carts."""
        return self._send(_get_highest_numbers())


class CartResource(Api):
    """The cart of the caller. Each method returns the value or raises an ApiError."""

    def get_cart(self) -> Cart:
        """Read your cart.

        Prices are current. Products that are no longer sold are left out. The `ETag` changes
        with the displayed cart, including its prices.
        """
        answer = self._send(_get_cart())
        return answer.parsed

    def clear_cart(self, *, if_match: str | Unset = UNSET) -> None:
        """Empty your cart.

        A repeated request changes nothing. With `If-Match`, the cart is emptied only if it has
        not changed (412).

        Args:
            if_match: The `ETag` of the cart. Without it, the cart is emptied in any state.
        """
        answer = self._send(_clear_cart(if_match=if_match))
        return answer.parsed

    def add_cart_item(self, *, product_id: int, quantity: int) -> Cart:
        """Add a product to your cart.

        Raises the quantity if the product is already in the cart. A line holds at most 100
        pieces and a cart at most 50 lines (409).

        Args:
            product_id: The number of a product.
            quantity: The number of pieces.
        """
        answer = self._send(_add_cart_item(product_id=product_id, quantity=quantity))
        return answer.parsed

    def remove_cart_item(self, product_id: int) -> None:
        """Remove a line.

        A product that is no longer sold can be removed too.

        Args:
            product_id: The product of the line.
        """
        answer = self._send(_remove_cart_item(product_id=product_id))
        return answer.parsed

    def update_cart_item(self, product_id: int, *, quantity: int) -> Cart:
        """Set the quantity of a line.

        A repeated request changes nothing.

        Args:
            product_id: The product of the line.
            quantity: The number of pieces.
        """
        answer = self._send(_update_cart_item(product_id=product_id, quantity=quantity))
        return answer.parsed

    def list_carts(self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET) -> list[CartBook]:
        """List carts.

        Services and admins, for an audit. Lists each user's cart as it was last displayed, and
        the pieces that were bought from it.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_carts(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_carts(self, *, limit: int | Unset = 20) -> Iterator[CartBook]:
        """Every item of `list_carts`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_carts(cursor=cursor, limit=limit)))

    def get_cart_for_checkout(
        self, user_id: int, *, orders: Sequence[str] | Unset = UNSET
    ) -> ShownCart:
        """Read a cart that is being bought.

        Services only. Returns the lines as the shopper last saw them, without the lines that
        were left out. Cart does not call Catalog. A user without a cart has an empty one.
        `taken` lists those of `orders` whose pieces had left the cart when the lines were read.

        Args:
            user_id: The owner of the cart.
            orders: Identities of orders whose pieces may still be in the cart.
        """
        answer = self._send(_get_cart_for_checkout(user_id=user_id, orders=orders))
        return answer.parsed

    def take_bought_pieces(
        self, user_id: int, order_identity: str, *, lines: Sequence[BoughtLine]
    ) -> None:
        """Take the pieces of an order out of a cart.

        Services only. Each line of the cart loses the bought number of pieces, or all its
        pieces if it has fewer. All other pieces stay. The pieces of an order leave once: a
        repeated request changes nothing.

        Args:
            user_id: The owner of the cart.
            order_identity: The identity of the order.
            lines: Pieces of each product.
        """
        answer = self._send(
            _take_bought_pieces(user_id=user_id, order_identity=order_identity, lines=lines)
        )
        return answer.parsed

    def get_highest_numbers(self) -> CartNumbers:
        """Read the highest numbers in carts.

        Services only. Orders compares them with the highest numbers that Auth and Catalog have
        given out.
        """
        answer = self._send(_get_highest_numbers())
        return answer.parsed


class AsyncCartResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def get_cart(self) -> Response[Cart]:
        """Read your cart."""
        return await self._send(_get_cart())

    async def clear_cart(self, *, if_match: str | Unset = UNSET) -> Response[None]:
        """Empty your cart."""
        return await self._send(_clear_cart(if_match=if_match))

    async def add_cart_item(self, *, product_id: int, quantity: int) -> Response[Cart]:
        """Add a product to your cart."""
        return await self._send(_add_cart_item(product_id=product_id, quantity=quantity))

    async def remove_cart_item(self, product_id: int) -> Response[None]:
        """Remove a line."""
        return await self._send(_remove_cart_item(product_id=product_id))

    async def update_cart_item(self, product_id: int, *, quantity: int) -> Response[Cart]:
        """Set the quantity of a line."""
        return await self._send(_update_cart_item(product_id=product_id, quantity=quantity))

    async def list_carts(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[CartBook]]:
        """List carts."""
        return await self._send(_list_carts(limit=limit, cursor=cursor))

    async def get_cart_for_checkout(
        self, user_id: int, *, orders: Sequence[str] | Unset = UNSET
    ) -> Response[ShownCart]:
        """Read a cart that is being bought."""
        return await self._send(_get_cart_for_checkout(user_id=user_id, orders=orders))

    async def take_bought_pieces(
        self, user_id: int, order_identity: str, *, lines: Sequence[BoughtLine]
    ) -> Response[None]:
        """Take the pieces of an order out of a cart."""
        return await self._send(
            _take_bought_pieces(user_id=user_id, order_identity=order_identity, lines=lines)
        )

    async def get_highest_numbers(self) -> Response[CartNumbers]:
        """Read the highest numbers in carts."""
        return await self._send(_get_highest_numbers())


class AsyncCartResource(AsyncApi):
    """The cart of the caller. Each method returns the value or raises an ApiError."""

    async def get_cart(self) -> Cart:
        """Read your cart.

        Prices are current. Products that are no longer sold are left out. The `ETag` changes
        with the displayed cart, including its prices.
        """
        answer = await self._send(_get_cart())
        return answer.parsed

    async def clear_cart(self, *, if_match: str | Unset = UNSET) -> None:
        """Empty your cart.

        A repeated request changes nothing. With `If-Match`, the cart is emptied only if it has
        not changed (412).

        Args:
            if_match: The `ETag` of the cart. Without it, the cart is emptied in any state.
        """
        answer = await self._send(_clear_cart(if_match=if_match))
        return answer.parsed

    async def add_cart_item(self, *, product_id: int, quantity: int) -> Cart:
        """Add a product to your cart.

        Raises the quantity if the product is already in the cart. A line holds at most 100
        pieces and a cart at most 50 lines (409).

        Args:
            product_id: The number of a product.
            quantity: The number of pieces.
        """
        answer = await self._send(_add_cart_item(product_id=product_id, quantity=quantity))
        return answer.parsed

    async def remove_cart_item(self, product_id: int) -> None:
        """Remove a line.

        A product that is no longer sold can be removed too.

        Args:
            product_id: The product of the line.
        """
        answer = await self._send(_remove_cart_item(product_id=product_id))
        return answer.parsed

    async def update_cart_item(self, product_id: int, *, quantity: int) -> Cart:
        """Set the quantity of a line.

        A repeated request changes nothing.

        Args:
            product_id: The product of the line.
            quantity: The number of pieces.
        """
        answer = await self._send(_update_cart_item(product_id=product_id, quantity=quantity))
        return answer.parsed

    async def list_carts(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[CartBook]:
        """List carts.

        Services and admins, for an audit. Lists each user's cart as it was last displayed, and
        the pieces that were bought from it.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = await self._send(_list_carts(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_carts(self, *, limit: int | Unset = 20) -> AsyncIterator[CartBook]:
        """Every item of `list_carts`, with each page fetched on demand."""
        return async_items(lambda cursor: self._send(_list_carts(cursor=cursor, limit=limit)))

    async def get_cart_for_checkout(
        self, user_id: int, *, orders: Sequence[str] | Unset = UNSET
    ) -> ShownCart:
        """Read a cart that is being bought.

        Services only. Returns the lines as the shopper last saw them, without the lines that
        were left out. Cart does not call Catalog. A user without a cart has an empty one.
        `taken` lists those of `orders` whose pieces had left the cart when the lines were read.

        Args:
            user_id: The owner of the cart.
            orders: Identities of orders whose pieces may still be in the cart.
        """
        answer = await self._send(_get_cart_for_checkout(user_id=user_id, orders=orders))
        return answer.parsed

    async def take_bought_pieces(
        self, user_id: int, order_identity: str, *, lines: Sequence[BoughtLine]
    ) -> None:
        """Take the pieces of an order out of a cart.

        Services only. Each line of the cart loses the bought number of pieces, or all its
        pieces if it has fewer. All other pieces stay. The pieces of an order leave once: a
        repeated request changes nothing.

        Args:
            user_id: The owner of the cart.
            order_identity: The identity of the order.
            lines: Pieces of each product.
        """
        answer = await self._send(
            _take_bought_pieces(user_id=user_id, order_identity=order_identity, lines=lines)
        )
        return answer.parsed

    async def get_highest_numbers(self) -> CartNumbers:
        """Read the highest numbers in carts.

        Services only. Orders compares them with the highest numbers that Auth and Catalog have
        given out.
        """
        answer = await self._send(_get_highest_numbers())
        return answer.parsed

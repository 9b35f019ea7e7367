# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the cart service as methods."""

from collections.abc import AsyncIterator, Iterator

from ...runtime import Api, AsyncApi, Response, async_items, items
from ...values import UNSET, Unset
from .api.cart import add_cart_item as _add_cart_item
from .api.cart import clear_cart as _clear_cart
from .api.cart import get_cart as _get_cart
from .api.cart import get_cart_for_checkout as _get_cart_for_checkout
from .api.cart import get_highest_numbers as _get_highest_numbers
from .api.cart import list_carts as _list_carts
from .api.cart import remove_cart_item as _remove_cart_item
from .api.cart import take_bought_pieces as _take_bought_pieces
from .api.cart import update_cart_item as _update_cart_item
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .models import (
    BoughtLine,
    BoughtPieces,
    Cart,
    CartBook,
    CartItemEdit,
    CartItemInput,
    Health,
    NumbersSeen,
    ShownCart,
)


class CartWithHeaders(Api):
    """The same methods, answering a Response: the value with the status and the headers."""

    def get_cart(self) -> Response[Cart]:
        """Read your cart."""
        request = _get_cart.request()
        return self._send(request, _get_cart.parse)

    def clear_cart(self, *, if_match: str | Unset = UNSET) -> Response[None]:
        """Empty your cart."""
        request = _clear_cart.request(if_match=if_match)
        return self._send(request, _clear_cart.parse)

    def add_cart_item(self, *, product_id: int, quantity: int) -> Response[Cart]:
        """Add a product to your cart."""
        sent = CartItemInput(product_id=product_id, quantity=quantity)
        request = _add_cart_item.request(body=sent)
        return self._send(request, _add_cart_item.parse)

    def remove_cart_item(self, product_id: int) -> Response[None]:
        """Remove a line."""
        request = _remove_cart_item.request(product_id=product_id)
        return self._send(request, _remove_cart_item.parse)

    def update_cart_item(self, product_id: int, *, quantity: int) -> Response[Cart]:
        """Set the quantity of a line."""
        sent = CartItemEdit(quantity=quantity)
        request = _update_cart_item.request(product_id=product_id, body=sent)
        return self._send(request, _update_cart_item.parse)

    def list_carts(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[CartBook]]:
        """List carts."""
        request = _list_carts.request(limit=limit, cursor=cursor)
        return self._send(request, _list_carts.parse)

    def get_cart_for_checkout(
        self, user_id: int, *, orders: list[str] | Unset = UNSET
    ) -> Response[ShownCart]:
        """Read a cart that is being bought."""
        request = _get_cart_for_checkout.request(user_id=user_id, orders=orders)
        return self._send(request, _get_cart_for_checkout.parse)

    def take_bought_pieces(
        self, user_id: int, order_identity: str, *, lines: list[BoughtLine]
    ) -> Response[None]:
        """Take what an order bought out of a cart."""
        sent = BoughtPieces(lines=lines)
        request = _take_bought_pieces.request(
            user_id=user_id, order_identity=order_identity, body=sent
        )
        return self._send(request, _take_bought_pieces.parse)

    def get_highest_numbers(self) -> Response[NumbersSeen]:
        """Read the highest numbers in carts."""
        request = _get_highest_numbers.request()
        return self._send(request, _get_highest_numbers.parse)

    def livez(self) -> Response[Health]:
        """Ask whether Cart runs."""
        request = _livez.request()
        return self._send(request, _livez.parse)

    def readyz(self) -> Response[Health]:
        """Ask whether Cart can work."""
        request = _readyz.request()
        return self._send(request, _readyz.parse)


class CartApi(Api):
    """The cart service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> CartWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return CartWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    def get_cart(self) -> Cart:
        """Read your cart.

        At the prices of now. Products that are no longer sold are left out. The `ETag` changes
        with whatever the cart shows, prices included.
        """
        answer = self.with_headers.get_cart()
        return answer.parsed

    def clear_cart(self, *, if_match: str | Unset = UNSET) -> None:
        """Empty your cart.

        Repeating it changes nothing. With `If-Match`, only if the cart is still the one that
        was read (412).

        Args:
            if_match: The `ETag` of the cart that was read; left out, the cart is emptied
                whatever is in it.
        """
        answer = self.with_headers.clear_cart(if_match=if_match)
        return answer.parsed

    def add_cart_item(self, *, product_id: int, quantity: int) -> Cart:
        """Add a product to your cart.

        Raises the quantity where the product is in the cart already. A line holds at most 100
        pieces and a cart at most 50 lines (409).

        Args:
            product_id: The number of a product.
            quantity: How many pieces.
        """
        answer = self.with_headers.add_cart_item(product_id=product_id, quantity=quantity)
        return answer.parsed

    def remove_cart_item(self, product_id: int) -> None:
        """Remove a line.

        The product need not be sold any more.

        Args:
            product_id: The product of the line.
        """
        answer = self.with_headers.remove_cart_item(product_id=product_id)
        return answer.parsed

    def update_cart_item(self, product_id: int, *, quantity: int) -> Cart:
        """Set the quantity of a line.

        Repeating it changes nothing.

        Args:
            product_id: The product of the line.
            quantity: How many pieces.
        """
        answer = self.with_headers.update_cart_item(product_id=product_id, quantity=quantity)
        return answer.parsed

    def list_carts(self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET) -> list[CartBook]:
        """List carts.

        Services and admins, for an audit. As their shoppers last saw them, by the number of the
        shopper, and what was bought of them.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_carts(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_carts(self, *, limit: int | Unset = 20) -> Iterator[CartBook]:
        """Every item of `list_carts`; a page is fetched when its first item is wanted."""
        return items(lambda cursor: self.with_headers.list_carts(cursor=cursor, limit=limit))

    def get_cart_for_checkout(
        self, user_id: int, *, orders: list[str] | Unset = UNSET
    ) -> ShownCart:
        """Read a cart that is being bought.

        Services only. The lines as the shopper last saw them, those that were left out
        excepted; Catalog is not asked. A user without a cart has an empty one. `taken` names
        those of `orders` whose pieces had left the cart when the lines were read.

        Args:
            user_id: Whose cart.
            orders: Identities of orders whose pieces may still be in the cart.
        """
        answer = self.with_headers.get_cart_for_checkout(user_id=user_id, orders=orders)
        return answer.parsed

    def take_bought_pieces(
        self, user_id: int, order_identity: str, *, lines: list[BoughtLine]
    ) -> None:
        """Take what an order bought out of a cart.

        Services only. Each line of the cart loses as many pieces as were bought, or all that it
        has; whatever else was put into the cart stays. The pieces of an order leave once:
        repeating it changes nothing.

        Args:
            user_id: Whose cart.
            order_identity: The identity of the order.
            lines: Pieces of each product.
        """
        answer = self.with_headers.take_bought_pieces(
            user_id=user_id, order_identity=order_identity, lines=lines
        )
        return answer.parsed

    def get_highest_numbers(self) -> NumbersSeen:
        """Read the highest numbers in carts.

        Services only. Orders compares them to those that Auth and Catalog have given out.
        """
        answer = self.with_headers.get_highest_numbers()
        return answer.parsed

    def livez(self) -> Health:
        """Ask whether Cart runs.

        Anybody may. Touches nothing else.
        """
        answer = self.with_headers.livez()
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether Cart can work.

        Anybody may. Asks the database.
        """
        answer = self.with_headers.readyz()
        return answer.parsed


class AsyncCartWithHeaders(AsyncApi):
    """The same methods, answering a Response: the value with the status and the headers."""

    async def get_cart(self) -> Response[Cart]:
        """Read your cart."""
        request = _get_cart.request()
        return await self._send(request, _get_cart.parse)

    async def clear_cart(self, *, if_match: str | Unset = UNSET) -> Response[None]:
        """Empty your cart."""
        request = _clear_cart.request(if_match=if_match)
        return await self._send(request, _clear_cart.parse)

    async def add_cart_item(self, *, product_id: int, quantity: int) -> Response[Cart]:
        """Add a product to your cart."""
        sent = CartItemInput(product_id=product_id, quantity=quantity)
        request = _add_cart_item.request(body=sent)
        return await self._send(request, _add_cart_item.parse)

    async def remove_cart_item(self, product_id: int) -> Response[None]:
        """Remove a line."""
        request = _remove_cart_item.request(product_id=product_id)
        return await self._send(request, _remove_cart_item.parse)

    async def update_cart_item(self, product_id: int, *, quantity: int) -> Response[Cart]:
        """Set the quantity of a line."""
        sent = CartItemEdit(quantity=quantity)
        request = _update_cart_item.request(product_id=product_id, body=sent)
        return await self._send(request, _update_cart_item.parse)

    async def list_carts(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[CartBook]]:
        """List carts."""
        request = _list_carts.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_carts.parse)

    async def get_cart_for_checkout(
        self, user_id: int, *, orders: list[str] | Unset = UNSET
    ) -> Response[ShownCart]:
        """Read a cart that is being bought."""
        request = _get_cart_for_checkout.request(user_id=user_id, orders=orders)
        return await self._send(request, _get_cart_for_checkout.parse)

    async def take_bought_pieces(
        self, user_id: int, order_identity: str, *, lines: list[BoughtLine]
    ) -> Response[None]:
        """Take what an order bought out of a cart."""
        sent = BoughtPieces(lines=lines)
        request = _take_bought_pieces.request(
            user_id=user_id, order_identity=order_identity, body=sent
        )
        return await self._send(request, _take_bought_pieces.parse)

    async def get_highest_numbers(self) -> Response[NumbersSeen]:
        """Read the highest numbers in carts."""
        request = _get_highest_numbers.request()
        return await self._send(request, _get_highest_numbers.parse)

    async def livez(self) -> Response[Health]:
        """Ask whether Cart runs."""
        request = _livez.request()
        return await self._send(request, _livez.parse)

    async def readyz(self) -> Response[Health]:
        """Ask whether Cart can work."""
        request = _readyz.request()
        return await self._send(request, _readyz.parse)


class AsyncCartApi(AsyncApi):
    """The cart service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncCartWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AsyncCartWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    async def get_cart(self) -> Cart:
        """Read your cart.

        At the prices of now. Products that are no longer sold are left out. The `ETag` changes
        with whatever the cart shows, prices included.
        """
        answer = await self.with_headers.get_cart()
        return answer.parsed

    async def clear_cart(self, *, if_match: str | Unset = UNSET) -> None:
        """Empty your cart.

        Repeating it changes nothing. With `If-Match`, only if the cart is still the one that
        was read (412).

        Args:
            if_match: The `ETag` of the cart that was read; left out, the cart is emptied
                whatever is in it.
        """
        answer = await self.with_headers.clear_cart(if_match=if_match)
        return answer.parsed

    async def add_cart_item(self, *, product_id: int, quantity: int) -> Cart:
        """Add a product to your cart.

        Raises the quantity where the product is in the cart already. A line holds at most 100
        pieces and a cart at most 50 lines (409).

        Args:
            product_id: The number of a product.
            quantity: How many pieces.
        """
        answer = await self.with_headers.add_cart_item(product_id=product_id, quantity=quantity)
        return answer.parsed

    async def remove_cart_item(self, product_id: int) -> None:
        """Remove a line.

        The product need not be sold any more.

        Args:
            product_id: The product of the line.
        """
        answer = await self.with_headers.remove_cart_item(product_id=product_id)
        return answer.parsed

    async def update_cart_item(self, product_id: int, *, quantity: int) -> Cart:
        """Set the quantity of a line.

        Repeating it changes nothing.

        Args:
            product_id: The product of the line.
            quantity: How many pieces.
        """
        answer = await self.with_headers.update_cart_item(product_id=product_id, quantity=quantity)
        return answer.parsed

    async def list_carts(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[CartBook]:
        """List carts.

        Services and admins, for an audit. As their shoppers last saw them, by the number of the
        shopper, and what was bought of them.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_carts(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_carts(self, *, limit: int | Unset = 20) -> AsyncIterator[CartBook]:
        """Every item of `list_carts`; a page is fetched when its first item is wanted."""
        return async_items(lambda cursor: self.with_headers.list_carts(cursor=cursor, limit=limit))

    async def get_cart_for_checkout(
        self, user_id: int, *, orders: list[str] | Unset = UNSET
    ) -> ShownCart:
        """Read a cart that is being bought.

        Services only. The lines as the shopper last saw them, those that were left out
        excepted; Catalog is not asked. A user without a cart has an empty one. `taken` names
        those of `orders` whose pieces had left the cart when the lines were read.

        Args:
            user_id: Whose cart.
            orders: Identities of orders whose pieces may still be in the cart.
        """
        answer = await self.with_headers.get_cart_for_checkout(user_id=user_id, orders=orders)
        return answer.parsed

    async def take_bought_pieces(
        self, user_id: int, order_identity: str, *, lines: list[BoughtLine]
    ) -> None:
        """Take what an order bought out of a cart.

        Services only. Each line of the cart loses as many pieces as were bought, or all that it
        has; whatever else was put into the cart stays. The pieces of an order leave once:
        repeating it changes nothing.

        Args:
            user_id: Whose cart.
            order_identity: The identity of the order.
            lines: Pieces of each product.
        """
        answer = await self.with_headers.take_bought_pieces(
            user_id=user_id, order_identity=order_identity, lines=lines
        )
        return answer.parsed

    async def get_highest_numbers(self) -> NumbersSeen:
        """Read the highest numbers in carts.

        Services only. Orders compares them to those that Auth and Catalog have given out.
        """
        answer = await self.with_headers.get_highest_numbers()
        return answer.parsed

    async def livez(self) -> Health:
        """Ask whether Cart runs.

        Anybody may. Touches nothing else.
        """
        answer = await self.with_headers.livez()
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether Cart can work.

        Anybody may. Asks the database.
        """
        answer = await self.with_headers.readyz()
        return answer.parsed

# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the orders service as methods."""

from collections.abc import AsyncIterator, Iterator

from ...runtime import UNSET, Api, AsyncApi, Response, Unset, async_items, items
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .api.orders import checkout as _checkout
from .api.orders import get_order as _get_order
from .api.orders import list_orders as _list_orders
from .models import (
    Checkout,
    CheckoutResult,
    Health,
    Order,
    PaymentMethod,
)


class OrdersWithHeaders(Api):
    """The same methods, answering a Response: the value with the status and the headers."""

    def checkout(
        self,
        *,
        user_id: int,
        payment_method: PaymentMethod,
        payment_token: str | Unset = UNSET,
        address: str | Unset = UNSET,
        carrier: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[CheckoutResult]:
        """Buy what is in your cart."""
        sent = Checkout(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
        )
        request = _checkout.request(body=sent, idempotency_key=idempotency_key)
        return self._send(request, _checkout.parse)

    def list_orders(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Order]]:
        """List your orders."""
        request = _list_orders.request(limit=limit, cursor=cursor)
        return self._send(request, _list_orders.parse)

    def get_order(self, order_id: str) -> Response[Order]:
        """Read an order."""
        request = _get_order.request(order_id=order_id)
        return self._send(request, _get_order.parse)

    def livez(self) -> Response[Health]:
        """Ask whether Orders runs."""
        request = _livez.request()
        return self._send(request, _livez.parse)

    def readyz(self) -> Response[Health]:
        """Ask whether Orders can work."""
        request = _readyz.request()
        return self._send(request, _readyz.parse)


class OrdersApi(Api):
    """The orders service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> OrdersWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return OrdersWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    def checkout(
        self,
        *,
        user_id: int,
        payment_method: PaymentMethod,
        payment_token: str | Unset = UNSET,
        address: str | Unset = UNSET,
        carrier: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> CheckoutResult:
        """Buy what is in your cart.

        Charges the caller's cart and records the order; `user_id` has to be the caller's own
        (else 403). It is sent to `address`, or to the address of the profile; without either it
        is refused (422) before anything is charged. An empty cart or a product that is short is
        a 409, a declined payment a 402; then nothing is held or charged. On success the parcel
        is on its way, the confirmation is sent and the cart is empty. With an `Idempotency-Key`
        a repeated request is answered with the first order.

        Args:
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            payment_method: How the shopper pays.
            payment_token: What the payment provider gave the shopper's browser for a card.
                The sandbox knows `tok_approved` and `tok_declined`, and declines any other.
            address: A postal address on one line.
            carrier: Who carries the parcel.
            idempotency_key: Makes a repeated request safe: the first answer is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                with 422. The quotes of a structured header may be left out.
        """
        answer = self.with_headers.checkout(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
            idempotency_key=idempotency_key,
        )
        return answer.parsed

    def list_orders(self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET) -> list[Order]:
        """List your orders.

        Newest first; the next page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before.
        """
        answer = self.with_headers.list_orders(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_orders(self, *, limit: int | Unset = 20) -> Iterator[Order]:
        """Every item of `list_orders`; a page is fetched when its first item is wanted."""
        return items(lambda cursor: self.with_headers.list_orders(cursor=cursor, limit=limit))

    def get_order(self, order_id: str) -> Order:
        """Read an order.

        Its owner may, and an admin; to others it does not exist.

        Args:
            order_id: Which order.
        """
        answer = self.with_headers.get_order(order_id=order_id)
        return answer.parsed

    def livez(self) -> Health:
        """Ask whether Orders runs.

        Anybody may. Touches nothing else.
        """
        answer = self.with_headers.livez()
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether Orders can work.

        Anybody may. Asks the database.
        """
        answer = self.with_headers.readyz()
        return answer.parsed


class AsyncOrdersWithHeaders(AsyncApi):
    """The same methods, answering a Response: the value with the status and the headers."""

    async def checkout(
        self,
        *,
        user_id: int,
        payment_method: PaymentMethod,
        payment_token: str | Unset = UNSET,
        address: str | Unset = UNSET,
        carrier: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[CheckoutResult]:
        """Buy what is in your cart."""
        sent = Checkout(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
        )
        request = _checkout.request(body=sent, idempotency_key=idempotency_key)
        return await self._send(request, _checkout.parse)

    async def list_orders(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Order]]:
        """List your orders."""
        request = _list_orders.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_orders.parse)

    async def get_order(self, order_id: str) -> Response[Order]:
        """Read an order."""
        request = _get_order.request(order_id=order_id)
        return await self._send(request, _get_order.parse)

    async def livez(self) -> Response[Health]:
        """Ask whether Orders runs."""
        request = _livez.request()
        return await self._send(request, _livez.parse)

    async def readyz(self) -> Response[Health]:
        """Ask whether Orders can work."""
        request = _readyz.request()
        return await self._send(request, _readyz.parse)


class AsyncOrdersApi(AsyncApi):
    """The orders service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncOrdersWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AsyncOrdersWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    async def checkout(
        self,
        *,
        user_id: int,
        payment_method: PaymentMethod,
        payment_token: str | Unset = UNSET,
        address: str | Unset = UNSET,
        carrier: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> CheckoutResult:
        """Buy what is in your cart.

        Charges the caller's cart and records the order; `user_id` has to be the caller's own
        (else 403). It is sent to `address`, or to the address of the profile; without either it
        is refused (422) before anything is charged. An empty cart or a product that is short is
        a 409, a declined payment a 402; then nothing is held or charged. On success the parcel
        is on its way, the confirmation is sent and the cart is empty. With an `Idempotency-Key`
        a repeated request is answered with the first order.

        Args:
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            payment_method: How the shopper pays.
            payment_token: What the payment provider gave the shopper's browser for a card.
                The sandbox knows `tok_approved` and `tok_declined`, and declines any other.
            address: A postal address on one line.
            carrier: Who carries the parcel.
            idempotency_key: Makes a repeated request safe: the first answer is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                with 422. The quotes of a structured header may be left out.
        """
        answer = await self.with_headers.checkout(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
            idempotency_key=idempotency_key,
        )
        return answer.parsed

    async def list_orders(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[Order]:
        """List your orders.

        Newest first; the next page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before.
        """
        answer = await self.with_headers.list_orders(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_orders(self, *, limit: int | Unset = 20) -> AsyncIterator[Order]:
        """Every item of `list_orders`; a page is fetched when its first item is wanted."""
        return async_items(lambda cursor: self.with_headers.list_orders(cursor=cursor, limit=limit))

    async def get_order(self, order_id: str) -> Order:
        """Read an order.

        Its owner may, and an admin; to others it does not exist.

        Args:
            order_id: Which order.
        """
        answer = await self.with_headers.get_order(order_id=order_id)
        return answer.parsed

    async def livez(self) -> Health:
        """Ask whether Orders runs.

        Anybody may. Touches nothing else.
        """
        answer = await self.with_headers.livez()
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether Orders can work.

        Anybody may. Asks the database.
        """
        answer = await self.with_headers.readyz()
        return answer.parsed

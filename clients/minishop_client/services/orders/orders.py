# Generated from openapi/ by scripts/generate.py: do not edit.
"""Orders."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from decimal import Decimal

from minishop_client.calls import (
    Call,
    given,
    idempotency_key_or_new,
    optional_tuple,
    read_list,
    read_object,
    segment,
)
from minishop_client.runtime import Api, AsyncApi, Response, async_items, items
from minishop_client.values import UNSET, Unset

from .models import (
    Checkout,
    CheckoutResult,
    Order,
    OrderBook,
    OrderEvent,
    OrderRefund,
    OrderStatus,
    PaymentMethod,
    RefundRequest,
    ReturnLine,
    ReturnRequest,
)


def _checkout(
    *,
    user_id: int,
    payment_method: PaymentMethod,
    payment_token: str | Unset = UNSET,
    address: str | Unset = UNSET,
    carrier: str | Unset = UNSET,
    expected_total: Decimal | float | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Call[CheckoutResult]:
    return Call(
        "POST",
        "/orders/checkout",
        read_object(CheckoutResult.from_dict),
        headers=given({"Idempotency-Key": idempotency_key_or_new(idempotency_key)}),
        json=Checkout(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
            expected_total=expected_total,
        ).to_dict(),
    )


def _list_orders(
    *, limit: int | Unset = 20, cursor: str | Unset = UNSET, status: OrderStatus | Unset = UNSET
) -> Call[list[Order]]:
    return Call(
        "GET",
        "/orders",
        read_list(Order.from_dict),
        params=given({"limit": limit, "cursor": cursor, "status": status}),
    )


def _list_order_books(
    *, limit: int | Unset = 20, cursor: str | Unset = UNSET
) -> Call[list[OrderBook]]:
    return Call(
        "GET",
        "/orders/books",
        read_list(OrderBook.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
    )


def _get_order(order_id: str) -> Call[Order]:
    return Call(
        "GET",
        f"/orders/{segment(order_id)}",
        read_object(Order.from_dict),
    )


def _list_order_events(
    order_id: str, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
) -> Call[list[OrderEvent]]:
    return Call(
        "GET",
        f"/orders/{segment(order_id)}/events",
        read_list(OrderEvent.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
    )


def _cancel_order(order_id: str) -> Call[Order]:
    return Call(
        "POST",
        f"/orders/{segment(order_id)}/cancel",
        read_object(Order.from_dict),
    )


def _refund_order(
    order_id: str,
    *,
    amount: Decimal | float,
    reason: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Call[OrderRefund]:
    return Call(
        "POST",
        f"/orders/{segment(order_id)}/refunds",
        read_object(OrderRefund.from_dict),
        headers=given({"Idempotency-Key": idempotency_key_or_new(idempotency_key)}),
        json=RefundRequest(amount=amount, reason=reason).to_dict(),
    )


def _request_return(order_id: str, *, lines: Sequence[ReturnLine] | Unset = UNSET) -> Call[Order]:
    return Call(
        "POST",
        f"/orders/{segment(order_id)}/returns",
        read_object(Order.from_dict),
        json=ReturnRequest(lines=optional_tuple(lines)).to_dict(),
    )


def _accept_return(order_id: str) -> Call[Order]:
    return Call(
        "POST",
        f"/orders/{segment(order_id)}/returns/accept",
        read_object(Order.from_dict),
    )


class OrdersResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def checkout(
        self,
        *,
        user_id: int,
        payment_method: PaymentMethod,
        payment_token: str | Unset = UNSET,
        address: str | Unset = UNSET,
        carrier: str | Unset = UNSET,
        expected_total: Decimal | float | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[CheckoutResult]:
        """Buy the contents of your cart."""
        return self._send(
            _checkout(
                user_id=user_id,
                payment_method=payment_method,
                payment_token=payment_token,
                address=address,
                carrier=carrier,
                expected_total=expected_total,
                idempotency_key=idempotency_key,
            )
        )

    def list_orders(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: OrderStatus | Unset = UNSET,
    ) -> Response[list[Order]]:
        """List your orders."""
        return self._send(_list_orders(limit=limit, cursor=cursor, status=status))

    def list_order_books(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[OrderBook]]:
        """List the records that orders require."""
        return self._send(_list_order_books(limit=limit, cursor=cursor))

    def get_order(self, order_id: str) -> Response[Order]:
        """Read an order."""
        return self._send(_get_order(order_id=order_id))

    def list_order_events(
        self, order_id: str, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[OrderEvent]]:
        """List the timeline of an order."""
        return self._send(_list_order_events(order_id=order_id, limit=limit, cursor=cursor))

    def cancel_order(self, order_id: str) -> Response[Order]:
        """Cancel an order."""
        return self._send(_cancel_order(order_id=order_id))

    def refund_order(
        self,
        order_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[OrderRefund]:
        """Refund an order."""
        return self._send(
            _refund_order(
                order_id=order_id, amount=amount, reason=reason, idempotency_key=idempotency_key
            )
        )

    def request_return(
        self, order_id: str, *, lines: Sequence[ReturnLine] | Unset = UNSET
    ) -> Response[Order]:
        """Request a return."""
        return self._send(_request_return(order_id=order_id, lines=lines))

    def accept_return(self, order_id: str) -> Response[Order]:
        """Accept a return."""
        return self._send(_accept_return(order_id=order_id))


class OrdersResource(Api):
    """Orders. Each method returns the value or raises an ApiError."""

    def checkout(
        self,
        *,
        user_id: int,
        payment_method: PaymentMethod,
        payment_token: str | Unset = UNSET,
        address: str | Unset = UNSET,
        carrier: str | Unset = UNSET,
        expected_total: Decimal | float | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> CheckoutResult:
        """Buy the contents of your cart.

        Charges the caller's cart and records the order. `user_id` must be the caller's own
        (else 403). The order is sent to `address`, or to the address of the profile. Without
        either, it is refused (422) before a charge. An empty cart, a product with too little
        stock and a price that differs from the one the cart showed last are a 409, a declined
        payment a 402; in these cases the shop holds and charges nothing. After the payment, the
        shop sends the parcel and the confirmation, and removes the bought pieces from the cart,
        also if the cart was edited meanwhile. Pieces that an earlier order is still paying for
        are not bought again; if the cart has no others, the response is a 409 (`cart_bought`)
        that names the order. If the outcome is not known in time, the response is 202: the
        order is pending and ends as paid or not paid without further requests. `Location` is
        its address. The checkout continues if the caller disconnects. With an `Idempotency-
        Key`, a repeated request gets the first order or waits for it. Without one, a repeated
        checkout of a cart to which nothing was added does the same.

        Args:
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            payment_method: The payment method.
            payment_token: The token that the payment provider gave the shopper's browser
                for a card. The sandbox knows these and declines any other: `tok_approved`,
                `tok_slow` (approved after a pause), `tok_needs_action` and `tok_late_webhook`
                (approved later, reported by a webhook), `tok_timeout_after_charge` (charged,
                but the first response is lost), `tok_answers_twice` (approved, and reported
                again by two equal webhooks), `tok_declined` and `tok_insufficient_funds`.
                Stripe accepts its own: `tok_…` and `pm_…`.
            address: A postal address on one or several lines that is not blank.
            carrier: The carrier of the parcel.
            expected_total: The total that the caller agrees to pay. If the cart now costs
                another amount, the response is 409. Without it, the prices that the cart
                displayed last apply.
            idempotency_key: Makes a repeated request safe: the first response is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                (422); after 90 days, it may also get the first response. A key has at most 255
                visible ASCII characters. The quotes of a structured header may be omitted.
        """
        answer = self._send(
            _checkout(
                user_id=user_id,
                payment_method=payment_method,
                payment_token=payment_token,
                address=address,
                carrier=carrier,
                expected_total=expected_total,
                idempotency_key=idempotency_key,
            )
        )
        return answer.parsed

    def list_orders(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: OrderStatus | Unset = UNSET,
    ) -> list[Order]:
        """List your orders.

        Newest first. The `Link` header leads to the next page.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            status: `pending` until the payment is decided; `payment_failed` after a
                decline; `cancelled` if the stock was short or the order was cancelled; `paid`,
                `shipped`, `delivered`; `return_requested` and `returned`; `partly_refunded` and
                `refunded` after a refund.
        """
        answer = self._send(_list_orders(limit=limit, cursor=cursor, status=status))
        return answer.parsed

    def iter_orders(
        self, *, limit: int | Unset = 20, status: OrderStatus | Unset = UNSET
    ) -> Iterator[Order]:
        """Every item of `list_orders`, with each page fetched on demand."""
        return items(
            lambda cursor: self._send(_list_orders(cursor=cursor, limit=limit, status=status))
        )

    def list_order_books(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[OrderBook]:
        """List the records that orders require.

        Services and admins, for an audit. Lists by number the records that the other services
        must have for each order once no work is open.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_order_books(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_order_books(self, *, limit: int | Unset = 20) -> Iterator[OrderBook]:
        """Every item of `list_order_books`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_order_books(cursor=cursor, limit=limit)))

    def get_order(self, order_id: str) -> Order:
        """Read an order.

        The owner of the order and admins. For other users the order does not exist.

        Args:
            order_id: The number of the order.
        """
        answer = self._send(_get_order(order_id=order_id))
        return answer.parsed

    def list_order_events(
        self, order_id: str, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[OrderEvent]:
        """List the timeline of an order.

        The owner of the order and admins. For other users the order does not exist. The oldest
        step first.

        Args:
            order_id: The number of the order.
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_order_events(order_id=order_id, limit=limit, cursor=cursor))
        return answer.parsed

    def iter_order_events(self, order_id: str, *, limit: int | Unset = 20) -> Iterator[OrderEvent]:
        """Every item of `list_order_events`, with each page fetched on demand."""
        return items(
            lambda cursor: self._send(
                _list_order_events(cursor=cursor, order_id=order_id, limit=limit)
            )
        )

    def cancel_order(self, order_id: str) -> Order:
        """Cancel an order.

        The owner may cancel until the order is shipped, an admin until it is delivered; later
        the response is 409. Orders then recalls the parcel and returns the stock and the money,
        and the order becomes `refunded`. A repeated request changes nothing.

        Args:
            order_id: The number of the order.
        """
        answer = self._send(_cancel_order(order_id=order_id))
        return answer.parsed

    def refund_order(
        self,
        order_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> OrderRefund:
        """Refund an order.

        Admins only, after the delivery. The sum of all refunds never exceeds the total (409).
        Orders then returns the money, and the order becomes `refunded` or `partly_refunded`.
        Without an `Idempotency-Key`, each request is another refund.

        Args:
            order_id: The number of the order.
            amount: An amount above 0 with two decimals.
            reason: The reason in words.
            idempotency_key: Makes a repeated request safe: the first response is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                (422); after 90 days, it may also get the first response. A key has at most 255
                visible ASCII characters. The quotes of a structured header may be omitted.
        """
        answer = self._send(
            _refund_order(
                order_id=order_id, amount=amount, reason=reason, idempotency_key=idempotency_key
            )
        )
        return answer.parsed

    def request_return(
        self, order_id: str, *, lines: Sequence[ReturnLine] | Unset = UNSET
    ) -> Order:
        """Request a return.

        The owner may request a return after the delivery. Without `lines`, it includes all
        pieces that were not returned yet. The response is 409 if fewer pieces are left than
        requested, or if the whole price was refunded already; the latter does not apply to an
        order that was free.

        Args:
            order_id: The number of the order.
            lines: Pieces of each product.
        """
        answer = self._send(_request_return(order_id=order_id, lines=lines))
        return answer.parsed

    def accept_return(self, order_id: str) -> Order:
        """Accept a return.

        Admins only, after the owner requested the return. The price of the returned pieces is
        refunded automatically. The stock does not change: edit it at Catalog to sell the pieces
        again. A repeated request changes nothing.

        Args:
            order_id: The number of the order.
        """
        answer = self._send(_accept_return(order_id=order_id))
        return answer.parsed


class AsyncOrdersResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def checkout(
        self,
        *,
        user_id: int,
        payment_method: PaymentMethod,
        payment_token: str | Unset = UNSET,
        address: str | Unset = UNSET,
        carrier: str | Unset = UNSET,
        expected_total: Decimal | float | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[CheckoutResult]:
        """Buy the contents of your cart."""
        return await self._send(
            _checkout(
                user_id=user_id,
                payment_method=payment_method,
                payment_token=payment_token,
                address=address,
                carrier=carrier,
                expected_total=expected_total,
                idempotency_key=idempotency_key,
            )
        )

    async def list_orders(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: OrderStatus | Unset = UNSET,
    ) -> Response[list[Order]]:
        """List your orders."""
        return await self._send(_list_orders(limit=limit, cursor=cursor, status=status))

    async def list_order_books(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[OrderBook]]:
        """List the records that orders require."""
        return await self._send(_list_order_books(limit=limit, cursor=cursor))

    async def get_order(self, order_id: str) -> Response[Order]:
        """Read an order."""
        return await self._send(_get_order(order_id=order_id))

    async def list_order_events(
        self, order_id: str, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[OrderEvent]]:
        """List the timeline of an order."""
        return await self._send(_list_order_events(order_id=order_id, limit=limit, cursor=cursor))

    async def cancel_order(self, order_id: str) -> Response[Order]:
        """Cancel an order."""
        return await self._send(_cancel_order(order_id=order_id))

    async def refund_order(
        self,
        order_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[OrderRefund]:
        """Refund an order."""
        return await self._send(
            _refund_order(
                order_id=order_id, amount=amount, reason=reason, idempotency_key=idempotency_key
            )
        )

    async def request_return(
        self, order_id: str, *, lines: Sequence[ReturnLine] | Unset = UNSET
    ) -> Response[Order]:
        """Request a return."""
        return await self._send(_request_return(order_id=order_id, lines=lines))

    async def accept_return(self, order_id: str) -> Response[Order]:
        """Accept a return."""
        return await self._send(_accept_return(order_id=order_id))


class AsyncOrdersResource(AsyncApi):
    """Orders. Each method returns the value or raises an ApiError."""

    async def checkout(
        self,
        *,
        user_id: int,
        payment_method: PaymentMethod,
        payment_token: str | Unset = UNSET,
        address: str | Unset = UNSET,
        carrier: str | Unset = UNSET,
        expected_total: Decimal | float | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> CheckoutResult:
        """Buy the contents of your cart.

        Charges the caller's cart and records the order. `user_id` must be the caller's own
        (else 403). The order is sent to `address`, or to the address of the profile. Without
        either, it is refused (422) before a charge. An empty cart, a product with too little
        stock and a price that differs from the one the cart showed last are a 409, a declined
        payment a 402; in these cases the shop holds and charges nothing. After the payment, the
        shop sends the parcel and the confirmation, and removes the bought pieces from the cart,
        also if the cart was edited meanwhile. Pieces that an earlier order is still paying for
        are not bought again; if the cart has no others, the response is a 409 (`cart_bought`)
        that names the order. If the outcome is not known in time, the response is 202: the
        order is pending and ends as paid or not paid without further requests. `Location` is
        its address. The checkout continues if the caller disconnects. With an `Idempotency-
        Key`, a repeated request gets the first order or waits for it. Without one, a repeated
        checkout of a cart to which nothing was added does the same.

        Args:
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            payment_method: The payment method.
            payment_token: The token that the payment provider gave the shopper's browser
                for a card. The sandbox knows these and declines any other: `tok_approved`,
                `tok_slow` (approved after a pause), `tok_needs_action` and `tok_late_webhook`
                (approved later, reported by a webhook), `tok_timeout_after_charge` (charged,
                but the first response is lost), `tok_answers_twice` (approved, and reported
                again by two equal webhooks), `tok_declined` and `tok_insufficient_funds`.
                Stripe accepts its own: `tok_…` and `pm_…`.
            address: A postal address on one or several lines that is not blank.
            carrier: The carrier of the parcel.
            expected_total: The total that the caller agrees to pay. If the cart now costs
                another amount, the response is 409. Without it, the prices that the cart
                displayed last apply.
            idempotency_key: Makes a repeated request safe: the first response is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                (422); after 90 days, it may also get the first response. A key has at most 255
                visible ASCII characters. The quotes of a structured header may be omitted.
        """
        answer = await self._send(
            _checkout(
                user_id=user_id,
                payment_method=payment_method,
                payment_token=payment_token,
                address=address,
                carrier=carrier,
                expected_total=expected_total,
                idempotency_key=idempotency_key,
            )
        )
        return answer.parsed

    async def list_orders(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: OrderStatus | Unset = UNSET,
    ) -> list[Order]:
        """List your orders.

        Newest first. The `Link` header leads to the next page.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            status: `pending` until the payment is decided; `payment_failed` after a
                decline; `cancelled` if the stock was short or the order was cancelled; `paid`,
                `shipped`, `delivered`; `return_requested` and `returned`; `partly_refunded` and
                `refunded` after a refund.
        """
        answer = await self._send(_list_orders(limit=limit, cursor=cursor, status=status))
        return answer.parsed

    def iter_orders(
        self, *, limit: int | Unset = 20, status: OrderStatus | Unset = UNSET
    ) -> AsyncIterator[Order]:
        """Every item of `list_orders`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(_list_orders(cursor=cursor, limit=limit, status=status))
        )

    async def list_order_books(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[OrderBook]:
        """List the records that orders require.

        Services and admins, for an audit. Lists by number the records that the other services
        must have for each order once no work is open.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = await self._send(_list_order_books(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_order_books(self, *, limit: int | Unset = 20) -> AsyncIterator[OrderBook]:
        """Every item of `list_order_books`, with each page fetched on demand."""
        return async_items(lambda cursor: self._send(_list_order_books(cursor=cursor, limit=limit)))

    async def get_order(self, order_id: str) -> Order:
        """Read an order.

        The owner of the order and admins. For other users the order does not exist.

        Args:
            order_id: The number of the order.
        """
        answer = await self._send(_get_order(order_id=order_id))
        return answer.parsed

    async def list_order_events(
        self, order_id: str, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[OrderEvent]:
        """List the timeline of an order.

        The owner of the order and admins. For other users the order does not exist. The oldest
        step first.

        Args:
            order_id: The number of the order.
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = await self._send(_list_order_events(order_id=order_id, limit=limit, cursor=cursor))
        return answer.parsed

    def iter_order_events(
        self, order_id: str, *, limit: int | Unset = 20
    ) -> AsyncIterator[OrderEvent]:
        """Every item of `list_order_events`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(
                _list_order_events(cursor=cursor, order_id=order_id, limit=limit)
            )
        )

    async def cancel_order(self, order_id: str) -> Order:
        """Cancel an order.

        The owner may cancel until the order is shipped, an admin until it is delivered; later
        the response is 409. Orders then recalls the parcel and returns the stock and the money,
        and the order becomes `refunded`. A repeated request changes nothing.

        Args:
            order_id: The number of the order.
        """
        answer = await self._send(_cancel_order(order_id=order_id))
        return answer.parsed

    async def refund_order(
        self,
        order_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> OrderRefund:
        """Refund an order.

        Admins only, after the delivery. The sum of all refunds never exceeds the total (409).
        Orders then returns the money, and the order becomes `refunded` or `partly_refunded`.
        Without an `Idempotency-Key`, each request is another refund.

        Args:
            order_id: The number of the order.
            amount: An amount above 0 with two decimals.
            reason: The reason in words.
            idempotency_key: Makes a repeated request safe: the first response is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                (422); after 90 days, it may also get the first response. A key has at most 255
                visible ASCII characters. The quotes of a structured header may be omitted.
        """
        answer = await self._send(
            _refund_order(
                order_id=order_id, amount=amount, reason=reason, idempotency_key=idempotency_key
            )
        )
        return answer.parsed

    async def request_return(
        self, order_id: str, *, lines: Sequence[ReturnLine] | Unset = UNSET
    ) -> Order:
        """Request a return.

        The owner may request a return after the delivery. Without `lines`, it includes all
        pieces that were not returned yet. The response is 409 if fewer pieces are left than
        requested, or if the whole price was refunded already; the latter does not apply to an
        order that was free.

        Args:
            order_id: The number of the order.
            lines: Pieces of each product.
        """
        answer = await self._send(_request_return(order_id=order_id, lines=lines))
        return answer.parsed

    async def accept_return(self, order_id: str) -> Order:
        """Accept a return.

        Admins only, after the owner requested the return. The price of the returned pieces is
        refunded automatically. The stock does not change: edit it at Catalog to sell the pieces
        again. A repeated request changes nothing.

        Args:
            order_id: The number of the order.
        """
        answer = await self._send(_accept_return(order_id=order_id))
        return answer.parsed

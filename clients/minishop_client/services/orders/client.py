# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the orders service as methods."""

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal

from ...runtime import Api, AsyncApi, Response, async_items, items
from ...values import UNSET, Unset
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .api.orders import accept_return as _accept_return
from .api.orders import cancel_order as _cancel_order
from .api.orders import checkout as _checkout
from .api.orders import get_order as _get_order
from .api.orders import list_order_books as _list_order_books
from .api.orders import list_order_events as _list_order_events
from .api.orders import list_orders as _list_orders
from .api.orders import refund_order as _refund_order
from .api.orders import request_return as _request_return
from .api.work import list_work as _list_work
from .api.work import resume_work as _resume_work
from .models import (
    Checkout,
    CheckoutResult,
    Health,
    Order,
    OrderBook,
    OrderEvent,
    OrderRefund,
    OrderStatus,
    PaymentMethod,
    RefundRequest,
    ReturnLine,
    ReturnRequest,
    Work,
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
        expected_total: Decimal | float | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[CheckoutResult]:
        """Buy what is in your cart."""
        sent = Checkout(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
            expected_total=expected_total,
        )
        request = _checkout.request(body=sent, idempotency_key=idempotency_key)
        return self._send(request, _checkout.parse)

    def list_orders(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: OrderStatus | Unset = UNSET,
    ) -> Response[list[Order]]:
        """List your orders."""
        request = _list_orders.request(limit=limit, cursor=cursor, status=status)
        return self._send(request, _list_orders.parse)

    def list_order_books(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[OrderBook]]:
        """List what every order owes."""
        request = _list_order_books.request(limit=limit, cursor=cursor)
        return self._send(request, _list_order_books.parse)

    def get_order(self, order_id: str) -> Response[Order]:
        """Read an order."""
        request = _get_order.request(order_id=order_id)
        return self._send(request, _get_order.parse)

    def list_order_events(
        self, order_id: str, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[OrderEvent]]:
        """List how an order came about."""
        request = _list_order_events.request(order_id=order_id, limit=limit, cursor=cursor)
        return self._send(request, _list_order_events.parse)

    def cancel_order(self, order_id: str) -> Response[Order]:
        """Cancel an order."""
        request = _cancel_order.request(order_id=order_id)
        return self._send(request, _cancel_order.parse)

    def refund_order(
        self,
        order_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[OrderRefund]:
        """Give money back for an order."""
        sent = RefundRequest(amount=amount, reason=reason)
        request = _refund_order.request(
            order_id=order_id, body=sent, idempotency_key=idempotency_key
        )
        return self._send(request, _refund_order.parse)

    def request_return(
        self, order_id: str, *, lines: list[ReturnLine] | Unset = UNSET
    ) -> Response[Order]:
        """Ask to send an order back."""
        sent = ReturnRequest(lines=lines)
        request = _request_return.request(order_id=order_id, body=sent)
        return self._send(request, _request_return.parse)

    def accept_return(self, order_id: str) -> Response[Order]:
        """Accept what was sent back."""
        request = _accept_return.request(order_id=order_id)
        return self._send(request, _accept_return.parse)

    def list_work(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, parked: bool | Unset = True
    ) -> Response[list[Work]]:
        """List what is still to be done."""
        request = _list_work.request(limit=limit, cursor=cursor, parked=parked)
        return self._send(request, _list_work.parse)

    def resume_work(self, work_id: int) -> Response[Work]:
        """Try work again at once."""
        request = _resume_work.request(work_id=work_id)
        return self._send(request, _resume_work.parse)

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
        expected_total: Decimal | float | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> CheckoutResult:
        """Buy what is in your cart.

        Charges the caller's cart and records the order; `user_id` has to be the caller's own
        (else 403). It is sent to `address`, or to the address of the profile; without either it
        is refused (422) before anything is charged. An empty cart, a product that is short and
        a price that is not the one the cart showed last are a 409, a declined payment a 402;
        then nothing is held or charged. Once it is paid, the parcel and the confirmation follow
        by themselves, and the pieces that were bought leave the cart, whatever else was changed
        in it meanwhile. Pieces that an earlier order is still paying for are not bought again;
        where the cart has no others, the answer is a 409 (`cart_bought`) that names the order.
        Where the outcome is not known in time, the answer is 202: the order is pending, it ends
        by itself, paid or not, and `Location` says where to look. It goes on although the
        caller hangs up. With an `Idempotency-Key` a repeated request is answered with the first
        order, or waits for it; without one, so is a repeated checkout of a cart to which
        nothing was added.

        Args:
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            payment_method: How the shopper pays.
            payment_token: What the payment provider gave the shopper's browser for a card.
                The sandbox knows these, and declines any other: `tok_approved`; `tok_declined`
                and `tok_insufficient_funds` are refused; `tok_needs_action` and
                `tok_late_webhook` are approved a little later, which a webhook tells;
                `tok_slow` takes its time; `tok_timeout_after_charge` is charged, but the first
                answer is lost; `tok_answers_twice` is told again by a webhook that comes twice.
                Stripe takes its own: `tok_…` and `pm_…`.
            address: A postal address on one line or several, not a blank one.
            carrier: Who carries the parcel.
            expected_total: What the caller means to pay; if the cart costs anything else
                now, the answer is 409. Without it, the prices that the cart showed last are
                meant.
            idempotency_key: Makes a repeated request safe: the first answer is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                with 422. It is 255 visible ASCII characters at most; the quotes of a structured
                header around them may be left out.
        """
        answer = self.with_headers.checkout(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
            expected_total=expected_total,
            idempotency_key=idempotency_key,
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

        Newest first; the next page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            status: `pending` while it is being paid; `payment_failed` after a decline;
                `cancelled` where the stock was short, or somebody cancelled it; `paid`,
                `shipped`, `delivered`; `return_requested` and `returned`; `partly_refunded` and
                `refunded` once the money went back.
        """
        answer = self.with_headers.list_orders(limit=limit, cursor=cursor, status=status)
        return answer.parsed

    def iter_orders(
        self, *, limit: int | Unset = 20, status: OrderStatus | Unset = UNSET
    ) -> Iterator[Order]:
        """Every item of `list_orders`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_orders(cursor=cursor, limit=limit, status=status)
        )

    def list_order_books(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[OrderBook]:
        """List what every order owes.

        Services and admins, for an audit: by number, what the other services' books must show
        once no work is open.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_order_books(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_order_books(self, *, limit: int | Unset = 20) -> Iterator[OrderBook]:
        """Every item of `list_order_books`; a page is fetched when its first item is wanted."""
        return items(lambda cursor: self.with_headers.list_order_books(cursor=cursor, limit=limit))

    def get_order(self, order_id: str) -> Order:
        """Read an order.

        Its owner may, and an admin; to others it does not exist.

        Args:
            order_id: Which order.
        """
        answer = self.with_headers.get_order(order_id=order_id)
        return answer.parsed

    def list_order_events(
        self, order_id: str, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[OrderEvent]:
        """List how an order came about.

        Its owner may, and an admin; to others it does not exist. The oldest first.

        Args:
            order_id: Which order.
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_order_events(order_id=order_id, limit=limit, cursor=cursor)
        return answer.parsed

    def iter_order_events(self, order_id: str, *, limit: int | Unset = 20) -> Iterator[OrderEvent]:
        """Every item of `list_order_events`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_order_events(
                cursor=cursor, order_id=order_id, limit=limit
            )
        )

    def cancel_order(self, order_id: str) -> Order:
        """Cancel an order.

        Its owner may until it is shipped, an admin until it is delivered; later it is a 409.
        The parcel is called back, the stock and the money are given back, by themselves; then
        the order is `refunded`. Repeating it changes nothing.

        Args:
            order_id: Which order.
        """
        answer = self.with_headers.cancel_order(order_id=order_id)
        return answer.parsed

    def refund_order(
        self,
        order_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> OrderRefund:
        """Give money back for an order.

        Admins only, once it is delivered. All refunds together never exceed the total (409).
        The money follows by itself; then the order is `refunded`, or `partly_refunded`. Without
        an `Idempotency-Key` each request is another refund.

        Args:
            order_id: Which order.
            amount: At most what is left of the total.
            reason: Why, in words.
            idempotency_key: Makes a repeated request safe: the first answer is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                with 422. It is 255 visible ASCII characters at most; the quotes of a structured
                header around them may be left out.
        """
        answer = self.with_headers.refund_order(
            order_id=order_id, amount=amount, reason=reason, idempotency_key=idempotency_key
        )
        return answer.parsed

    def request_return(self, order_id: str, *, lines: list[ReturnLine] | Unset = UNSET) -> Order:
        """Ask to send an order back.

        Its owner may, once it is delivered, and as long as it has pieces that were not sent
        back, and money that was not given back unless it was free; without `lines`, all of
        them. Whatever is asked for beyond that is a 409.

        Args:
            order_id: Which order.
            lines: Pieces of each product.
        """
        answer = self.with_headers.request_return(order_id=order_id, lines=lines)
        return answer.parsed

    def accept_return(self, order_id: str) -> Order:
        """Accept what was sent back.

        Admins only, once its owner asked to return it. What the pieces cost is given back, by
        itself. Whether they go on sale again is not decided here: that is an edit of the stock.
        Repeating it changes nothing.

        Args:
            order_id: Which order.
        """
        answer = self.with_headers.accept_return(order_id=order_id)
        return answer.parsed

    def list_work(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, parked: bool | Unset = True
    ) -> list[Work]:
        """List what is still to be done.

        Admins and services. What failed too often is parked until it is resumed; the rest is
        being done, or tried again. Newest first.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            parked: What is parked, or else what is not.
        """
        answer = self.with_headers.list_work(limit=limit, cursor=cursor, parked=parked)
        return answer.parsed

    def iter_work(self, *, limit: int | Unset = 20, parked: bool | Unset = True) -> Iterator[Work]:
        """Every item of `list_work`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_work(cursor=cursor, limit=limit, parked=parked)
        )

    def resume_work(self, work_id: int) -> Work:
        """Try work again at once.

        Admins only, for what is parked, or waits for its next try. It is tried as if it were
        new. What is being done, or is done, is not found.

        Args:
            work_id: Which work.
        """
        answer = self.with_headers.resume_work(work_id=work_id)
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
        expected_total: Decimal | float | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[CheckoutResult]:
        """Buy what is in your cart."""
        sent = Checkout(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
            expected_total=expected_total,
        )
        request = _checkout.request(body=sent, idempotency_key=idempotency_key)
        return await self._send(request, _checkout.parse)

    async def list_orders(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: OrderStatus | Unset = UNSET,
    ) -> Response[list[Order]]:
        """List your orders."""
        request = _list_orders.request(limit=limit, cursor=cursor, status=status)
        return await self._send(request, _list_orders.parse)

    async def list_order_books(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[OrderBook]]:
        """List what every order owes."""
        request = _list_order_books.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_order_books.parse)

    async def get_order(self, order_id: str) -> Response[Order]:
        """Read an order."""
        request = _get_order.request(order_id=order_id)
        return await self._send(request, _get_order.parse)

    async def list_order_events(
        self, order_id: str, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[OrderEvent]]:
        """List how an order came about."""
        request = _list_order_events.request(order_id=order_id, limit=limit, cursor=cursor)
        return await self._send(request, _list_order_events.parse)

    async def cancel_order(self, order_id: str) -> Response[Order]:
        """Cancel an order."""
        request = _cancel_order.request(order_id=order_id)
        return await self._send(request, _cancel_order.parse)

    async def refund_order(
        self,
        order_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> Response[OrderRefund]:
        """Give money back for an order."""
        sent = RefundRequest(amount=amount, reason=reason)
        request = _refund_order.request(
            order_id=order_id, body=sent, idempotency_key=idempotency_key
        )
        return await self._send(request, _refund_order.parse)

    async def request_return(
        self, order_id: str, *, lines: list[ReturnLine] | Unset = UNSET
    ) -> Response[Order]:
        """Ask to send an order back."""
        sent = ReturnRequest(lines=lines)
        request = _request_return.request(order_id=order_id, body=sent)
        return await self._send(request, _request_return.parse)

    async def accept_return(self, order_id: str) -> Response[Order]:
        """Accept what was sent back."""
        request = _accept_return.request(order_id=order_id)
        return await self._send(request, _accept_return.parse)

    async def list_work(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, parked: bool | Unset = True
    ) -> Response[list[Work]]:
        """List what is still to be done."""
        request = _list_work.request(limit=limit, cursor=cursor, parked=parked)
        return await self._send(request, _list_work.parse)

    async def resume_work(self, work_id: int) -> Response[Work]:
        """Try work again at once."""
        request = _resume_work.request(work_id=work_id)
        return await self._send(request, _resume_work.parse)

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
        expected_total: Decimal | float | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> CheckoutResult:
        """Buy what is in your cart.

        Charges the caller's cart and records the order; `user_id` has to be the caller's own
        (else 403). It is sent to `address`, or to the address of the profile; without either it
        is refused (422) before anything is charged. An empty cart, a product that is short and
        a price that is not the one the cart showed last are a 409, a declined payment a 402;
        then nothing is held or charged. Once it is paid, the parcel and the confirmation follow
        by themselves, and the pieces that were bought leave the cart, whatever else was changed
        in it meanwhile. Pieces that an earlier order is still paying for are not bought again;
        where the cart has no others, the answer is a 409 (`cart_bought`) that names the order.
        Where the outcome is not known in time, the answer is 202: the order is pending, it ends
        by itself, paid or not, and `Location` says where to look. It goes on although the
        caller hangs up. With an `Idempotency-Key` a repeated request is answered with the first
        order, or waits for it; without one, so is a repeated checkout of a cart to which
        nothing was added.

        Args:
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            payment_method: How the shopper pays.
            payment_token: What the payment provider gave the shopper's browser for a card.
                The sandbox knows these, and declines any other: `tok_approved`; `tok_declined`
                and `tok_insufficient_funds` are refused; `tok_needs_action` and
                `tok_late_webhook` are approved a little later, which a webhook tells;
                `tok_slow` takes its time; `tok_timeout_after_charge` is charged, but the first
                answer is lost; `tok_answers_twice` is told again by a webhook that comes twice.
                Stripe takes its own: `tok_…` and `pm_…`.
            address: A postal address on one line or several, not a blank one.
            carrier: Who carries the parcel.
            expected_total: What the caller means to pay; if the cart costs anything else
                now, the answer is 409. Without it, the prices that the cart showed last are
                meant.
            idempotency_key: Makes a repeated request safe: the first answer is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                with 422. It is 255 visible ASCII characters at most; the quotes of a structured
                header around them may be left out.
        """
        answer = await self.with_headers.checkout(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
            expected_total=expected_total,
            idempotency_key=idempotency_key,
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

        Newest first; the next page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            status: `pending` while it is being paid; `payment_failed` after a decline;
                `cancelled` where the stock was short, or somebody cancelled it; `paid`,
                `shipped`, `delivered`; `return_requested` and `returned`; `partly_refunded` and
                `refunded` once the money went back.
        """
        answer = await self.with_headers.list_orders(limit=limit, cursor=cursor, status=status)
        return answer.parsed

    def iter_orders(
        self, *, limit: int | Unset = 20, status: OrderStatus | Unset = UNSET
    ) -> AsyncIterator[Order]:
        """Every item of `list_orders`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_orders(cursor=cursor, limit=limit, status=status)
        )

    async def list_order_books(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[OrderBook]:
        """List what every order owes.

        Services and admins, for an audit: by number, what the other services' books must show
        once no work is open.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_order_books(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_order_books(self, *, limit: int | Unset = 20) -> AsyncIterator[OrderBook]:
        """Every item of `list_order_books`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_order_books(cursor=cursor, limit=limit)
        )

    async def get_order(self, order_id: str) -> Order:
        """Read an order.

        Its owner may, and an admin; to others it does not exist.

        Args:
            order_id: Which order.
        """
        answer = await self.with_headers.get_order(order_id=order_id)
        return answer.parsed

    async def list_order_events(
        self, order_id: str, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[OrderEvent]:
        """List how an order came about.

        Its owner may, and an admin; to others it does not exist. The oldest first.

        Args:
            order_id: Which order.
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_order_events(
            order_id=order_id, limit=limit, cursor=cursor
        )
        return answer.parsed

    def iter_order_events(
        self, order_id: str, *, limit: int | Unset = 20
    ) -> AsyncIterator[OrderEvent]:
        """Every item of `list_order_events`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_order_events(
                cursor=cursor, order_id=order_id, limit=limit
            )
        )

    async def cancel_order(self, order_id: str) -> Order:
        """Cancel an order.

        Its owner may until it is shipped, an admin until it is delivered; later it is a 409.
        The parcel is called back, the stock and the money are given back, by themselves; then
        the order is `refunded`. Repeating it changes nothing.

        Args:
            order_id: Which order.
        """
        answer = await self.with_headers.cancel_order(order_id=order_id)
        return answer.parsed

    async def refund_order(
        self,
        order_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
    ) -> OrderRefund:
        """Give money back for an order.

        Admins only, once it is delivered. All refunds together never exceed the total (409).
        The money follows by itself; then the order is `refunded`, or `partly_refunded`. Without
        an `Idempotency-Key` each request is another refund.

        Args:
            order_id: Which order.
            amount: At most what is left of the total.
            reason: Why, in words.
            idempotency_key: Makes a repeated request safe: the first answer is replayed
                with `Idempotent-Replayed: true`. The same key with another request is refused
                with 422. It is 255 visible ASCII characters at most; the quotes of a structured
                header around them may be left out.
        """
        answer = await self.with_headers.refund_order(
            order_id=order_id, amount=amount, reason=reason, idempotency_key=idempotency_key
        )
        return answer.parsed

    async def request_return(
        self, order_id: str, *, lines: list[ReturnLine] | Unset = UNSET
    ) -> Order:
        """Ask to send an order back.

        Its owner may, once it is delivered, and as long as it has pieces that were not sent
        back, and money that was not given back unless it was free; without `lines`, all of
        them. Whatever is asked for beyond that is a 409.

        Args:
            order_id: Which order.
            lines: Pieces of each product.
        """
        answer = await self.with_headers.request_return(order_id=order_id, lines=lines)
        return answer.parsed

    async def accept_return(self, order_id: str) -> Order:
        """Accept what was sent back.

        Admins only, once its owner asked to return it. What the pieces cost is given back, by
        itself. Whether they go on sale again is not decided here: that is an edit of the stock.
        Repeating it changes nothing.

        Args:
            order_id: Which order.
        """
        answer = await self.with_headers.accept_return(order_id=order_id)
        return answer.parsed

    async def list_work(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, parked: bool | Unset = True
    ) -> list[Work]:
        """List what is still to be done.

        Admins and services. What failed too often is parked until it is resumed; the rest is
        being done, or tried again. Newest first.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            parked: What is parked, or else what is not.
        """
        answer = await self.with_headers.list_work(limit=limit, cursor=cursor, parked=parked)
        return answer.parsed

    def iter_work(
        self, *, limit: int | Unset = 20, parked: bool | Unset = True
    ) -> AsyncIterator[Work]:
        """Every item of `list_work`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_work(cursor=cursor, limit=limit, parked=parked)
        )

    async def resume_work(self, work_id: int) -> Work:
        """Try work again at once.

        Admins only, for what is parked, or waits for its next try. It is tried as if it were
        new. What is being done, or is done, is not found.

        Args:
            work_id: Which work.
        """
        answer = await self.with_headers.resume_work(work_id=work_id)
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

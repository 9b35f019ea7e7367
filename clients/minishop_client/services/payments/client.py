# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the payments service as methods."""

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal

from ...runtime import Api, AsyncApi, Response, async_items, items
from ...values import UNSET, Unset
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .api.payments import capture_payment as _capture_payment
from .api.payments import compare_numbers as _compare_numbers
from .api.payments import get_payment as _get_payment
from .api.payments import list_ledger_entries as _list_ledger_entries
from .api.payments import list_payments as _list_payments
from .api.payments import process_payment as _process_payment
from .api.payments import receive_webhook as _receive_webhook
from .api.payments import refund_payment as _refund_payment
from .api.payments import void_order_payment as _void_order_payment
from .api.payments import void_payment as _void_payment
from .models import (
    Health,
    KnownNumbers,
    LedgerEntry,
    NumbersSeen,
    Payment,
    PaymentInput,
    PaymentMethod,
    PaymentProvider,
    PaymentResult,
    Refund,
    RefundInput,
    VoidResult,
    WebhookData,
    WebhookEvent,
    WebhookReceipt,
)


class PaymentsWithHeaders(Api):
    """The same methods, answering a Response: the value with the status and the headers."""

    def process_payment(
        self,
        *,
        order_id: str,
        amount: Decimal | float,
        method: PaymentMethod,
        order_identity: str | Unset = UNSET,
        payment_token: str | Unset = UNSET,
        capture: bool | Unset = True,
    ) -> Response[PaymentResult]:
        """Charge an order."""
        sent = PaymentInput(
            order_id=order_id,
            amount=amount,
            method=method,
            order_identity=order_identity,
            payment_token=payment_token,
            capture=capture,
        )
        request = _process_payment.request(body=sent)
        return self._send(request, _process_payment.parse)

    def void_order_payment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[VoidResult]:
        """Let an order hold no money."""
        request = _void_order_payment.request(order_id=order_id, order_identity=order_identity)
        return self._send(request, _void_order_payment.parse)

    def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> Response[list[Payment]]:
        """List payments."""
        request = _list_payments.request(limit=limit, cursor=cursor, order_id=order_id)
        return self._send(request, _list_payments.parse)

    def list_ledger_entries(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[LedgerEntry]]:
        """List what moved."""
        request = _list_ledger_entries.request(limit=limit, cursor=cursor)
        return self._send(request, _list_ledger_entries.parse)

    def get_payment(self, payment_id: str) -> Response[Payment]:
        """Read a payment."""
        request = _get_payment.request(payment_id=payment_id)
        return self._send(request, _get_payment.parse)

    def capture_payment(self, payment_id: str) -> Response[Payment]:
        """Take the money that is held."""
        request = _capture_payment.request(payment_id=payment_id)
        return self._send(request, _capture_payment.parse)

    def void_payment(self, payment_id: str) -> Response[Payment]:
        """Take a payment back."""
        request = _void_payment.request(payment_id=payment_id)
        return self._send(request, _void_payment.parse)

    def refund_payment(
        self,
        payment_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        order_identity: str | Unset = UNSET,
        idempotency_key: str,
    ) -> Response[Refund]:
        """Give money back."""
        sent = RefundInput(amount=amount, reason=reason, order_identity=order_identity)
        request = _refund_payment.request(
            payment_id=payment_id, body=sent, idempotency_key=idempotency_key
        )
        return self._send(request, _refund_payment.parse)

    def receive_webhook(
        self,
        provider: PaymentProvider,
        *,
        id: str,
        type_: str,
        data: WebhookData,
        stripe_signature: str | Unset = UNSET,
    ) -> Response[WebhookReceipt]:
        """Hear of a payment from the provider."""
        sent = WebhookEvent(id=id, type_=type_, data=data)
        request = _receive_webhook.request(
            provider=provider, body=sent, stripe_signature=stripe_signature
        )
        return self._send(request, _receive_webhook.parse)

    def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of payments."""
        sent = KnownNumbers(highest=highest)
        request = _compare_numbers.request(body=sent)
        return self._send(request, _compare_numbers.parse)

    def livez(self) -> Response[Health]:
        """Ask whether Payments runs."""
        request = _livez.request()
        return self._send(request, _livez.parse)

    def readyz(self) -> Response[Health]:
        """Ask whether Payments can work."""
        request = _readyz.request()
        return self._send(request, _readyz.parse)


class PaymentsApi(Api):
    """The payments service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> PaymentsWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return PaymentsWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    def process_payment(
        self,
        *,
        order_id: str,
        amount: Decimal | float,
        method: PaymentMethod,
        order_identity: str | Unset = UNSET,
        payment_token: str | Unset = UNSET,
        capture: bool | Unset = True,
    ) -> PaymentResult:
        """Charge an order.

        Services only. A decline is an answer too (`failure`), and so is `pending`: the provider
        has not decided yet, or its answer is not known. Repeat the request until it says
        `success` or `failure`. An order is charged once: repeating the request gives the first
        answer with status 200, and another amount or method for the same order is refused
        (409), as is another `order_identity`. An order that was voided before is a `failure`
        with the reason `voided`, for ever.

        Args:
            order_id: The number of an order.
            amount: An amount with two decimals.
            method: How the shopper pays.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
            payment_token: What the payment provider gave the shopper's browser for a card.
                The sandbox knows these, and declines any other: `tok_approved`; `tok_declined`
                and `tok_insufficient_funds` are refused; `tok_needs_action` and
                `tok_late_webhook` are approved a little later, which a webhook tells;
                `tok_slow` takes its time; `tok_timeout_after_charge` is charged, but the first
                answer is lost; `tok_answers_twice` is told again by a webhook that comes twice.
                Stripe takes its own: `tok_…` and `pm_…`.
            capture: Take the money at once; else it is held only, for a capture later.
        """
        answer = self.with_headers.process_payment(
            order_id=order_id,
            amount=amount,
            method=method,
            order_identity=order_identity,
            payment_token=payment_token,
            capture=capture,
        )
        return answer.parsed

    def void_order_payment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> VoidResult:
        """Let an order hold no money.

        Services only. Afterwards the order holds no money and never will: what is authorised is
        let go, what was captured is refunded in full, and a charge that comes later fails with
        the reason `voided`. Repeating it changes nothing. While the provider does not answer,
        the answer is 503; Payments goes on by itself.

        Args:
            order_id: Which order.
            order_identity: The identity of the order; without it the number alone decides.
        """
        answer = self.with_headers.void_order_payment(
            order_id=order_id, order_identity=order_identity
        )
        return answer.parsed

    def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> list[Payment]:
        """List payments.

        Services and admins only. Newest first; the next page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            order_id: Keep the payment of this order.
        """
        answer = self.with_headers.list_payments(limit=limit, cursor=cursor, order_id=order_id)
        return answer.parsed

    def iter_payments(
        self, *, limit: int | Unset = 20, order_id: str | Unset = UNSET
    ) -> Iterator[Payment]:
        """Every item of `list_payments`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_payments(
                cursor=cursor, limit=limit, order_id=order_id
            )
        )

    def list_ledger_entries(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[LedgerEntry]:
        """List what moved.

        Services and admins only. Every movement of money that the provider confirmed, in the
        order it was booked; an entry is never changed. The next page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_ledger_entries(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_ledger_entries(self, *, limit: int | Unset = 20) -> Iterator[LedgerEntry]:
        """Every item of `list_ledger_entries`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_ledger_entries(cursor=cursor, limit=limit)
        )

    def get_payment(self, payment_id: str) -> Payment:
        """Read a payment.

        Services and admins only.

        Args:
            payment_id: Which payment.
        """
        answer = self.with_headers.get_payment(payment_id=payment_id)
        return answer.parsed

    def capture_payment(self, payment_id: str) -> Payment:
        """Take the money that is held.

        Services and admins only. All of it; repeating it changes nothing. A payment that holds
        nothing to capture is refused (409).

        Args:
            payment_id: Which payment.
        """
        answer = self.with_headers.capture_payment(payment_id=payment_id)
        return answer.parsed

    def void_payment(self, payment_id: str) -> Payment:
        """Take a payment back.

        Services and admins only. What is authorised is let go, what was captured is refunded in
        full. Repeating it changes nothing; a declined payment stays declined. While the
        provider does not answer, the answer is 503; Payments goes on by itself. An admin may
        take back the payment of an order that Orders does not know, as after a restore; any
        other is refused (409 `known_to_orders`): cancel or refund the order.

        Args:
            payment_id: Which payment.
        """
        answer = self.with_headers.void_payment(payment_id=payment_id)
        return answer.parsed

    def refund_payment(
        self,
        payment_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        order_identity: str | Unset = UNSET,
        idempotency_key: str,
    ) -> Refund:
        """Give money back.

        Services and admins only. All refunds of a payment together never exceed what was
        captured: one that would is refused (409). A key names one refund; while the provider
        does not answer, the answer is 503 and the refund is promised: Payments goes on by
        itself, and the same key asks for the outcome. An admin may refund the payment of an
        order that Orders does not know, as after a restore; any other is refused (409
        `known_to_orders`): refund the order.

        Args:
            payment_id: Which payment.
            amount: An amount with two decimals.
            reason: Why, in a word.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
            idempotency_key: Names the refund. The first answer is replayed with
                `Idempotent-Replayed: true`; the same key with another amount or reason is
                refused with 422. The quotes of a structured header may be left out.
        """
        answer = self.with_headers.refund_payment(
            payment_id=payment_id,
            amount=amount,
            reason=reason,
            order_identity=order_identity,
            idempotency_key=idempotency_key,
        )
        return answer.parsed

    def receive_webhook(
        self,
        provider: PaymentProvider,
        *,
        id: str,
        type_: str,
        data: WebhookData,
        stripe_signature: str | Unset = UNSET,
    ) -> WebhookReceipt:
        """Hear of a payment from the provider.

        For the payment provider, which proves itself by a signature: `Stripe-Signature:
        t=TIME,v1=SIGNATURE`, where TIME is in Unix seconds, at most five minutes away, and
        SIGNATURE the hexadecimal HMAC-SHA256 of TIME, a full stop and the body under the secret
        of the endpoint. Any other request is refused (401). An event says no more than where to
        look: Payments asks the provider how the payment stands. One that comes again has no
        effect and is answered 200, as a provider repeats what is not; so is one of a kind that
        is not of interest.

        Args:
            provider: A payment provider; only the one that is in use may send.
            id: Names the event.
            type_: What happened.
            data: What the event is about.
            stripe_signature: Time and signature; there may be several signatures.
        """
        answer = self.with_headers.receive_webhook(
            provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
        )
        return answer.parsed

    def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of payments.

        Orders alone, which tells the highest number of payments that other services know, and
        asks for that of an order with a payment. A service that has not given out that number
        has lost it, as after a restore of its database: it answers 503 from then on, until its
        numbers were raised by `minishop recover payments`.

        Args:
            highest: The highest number of a kind of thing that a service knows, without its
                prefix; 0 for none.
        """
        answer = self.with_headers.compare_numbers(highest=highest)
        return answer.parsed

    def livez(self) -> Health:
        """Ask whether Payments runs.

        Anybody may. Touches nothing else.
        """
        answer = self.with_headers.livez()
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether Payments can work.

        Anybody may. Asks the database.
        """
        answer = self.with_headers.readyz()
        return answer.parsed


class AsyncPaymentsWithHeaders(AsyncApi):
    """The same methods, answering a Response: the value with the status and the headers."""

    async def process_payment(
        self,
        *,
        order_id: str,
        amount: Decimal | float,
        method: PaymentMethod,
        order_identity: str | Unset = UNSET,
        payment_token: str | Unset = UNSET,
        capture: bool | Unset = True,
    ) -> Response[PaymentResult]:
        """Charge an order."""
        sent = PaymentInput(
            order_id=order_id,
            amount=amount,
            method=method,
            order_identity=order_identity,
            payment_token=payment_token,
            capture=capture,
        )
        request = _process_payment.request(body=sent)
        return await self._send(request, _process_payment.parse)

    async def void_order_payment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[VoidResult]:
        """Let an order hold no money."""
        request = _void_order_payment.request(order_id=order_id, order_identity=order_identity)
        return await self._send(request, _void_order_payment.parse)

    async def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> Response[list[Payment]]:
        """List payments."""
        request = _list_payments.request(limit=limit, cursor=cursor, order_id=order_id)
        return await self._send(request, _list_payments.parse)

    async def list_ledger_entries(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[LedgerEntry]]:
        """List what moved."""
        request = _list_ledger_entries.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_ledger_entries.parse)

    async def get_payment(self, payment_id: str) -> Response[Payment]:
        """Read a payment."""
        request = _get_payment.request(payment_id=payment_id)
        return await self._send(request, _get_payment.parse)

    async def capture_payment(self, payment_id: str) -> Response[Payment]:
        """Take the money that is held."""
        request = _capture_payment.request(payment_id=payment_id)
        return await self._send(request, _capture_payment.parse)

    async def void_payment(self, payment_id: str) -> Response[Payment]:
        """Take a payment back."""
        request = _void_payment.request(payment_id=payment_id)
        return await self._send(request, _void_payment.parse)

    async def refund_payment(
        self,
        payment_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        order_identity: str | Unset = UNSET,
        idempotency_key: str,
    ) -> Response[Refund]:
        """Give money back."""
        sent = RefundInput(amount=amount, reason=reason, order_identity=order_identity)
        request = _refund_payment.request(
            payment_id=payment_id, body=sent, idempotency_key=idempotency_key
        )
        return await self._send(request, _refund_payment.parse)

    async def receive_webhook(
        self,
        provider: PaymentProvider,
        *,
        id: str,
        type_: str,
        data: WebhookData,
        stripe_signature: str | Unset = UNSET,
    ) -> Response[WebhookReceipt]:
        """Hear of a payment from the provider."""
        sent = WebhookEvent(id=id, type_=type_, data=data)
        request = _receive_webhook.request(
            provider=provider, body=sent, stripe_signature=stripe_signature
        )
        return await self._send(request, _receive_webhook.parse)

    async def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of payments."""
        sent = KnownNumbers(highest=highest)
        request = _compare_numbers.request(body=sent)
        return await self._send(request, _compare_numbers.parse)

    async def livez(self) -> Response[Health]:
        """Ask whether Payments runs."""
        request = _livez.request()
        return await self._send(request, _livez.parse)

    async def readyz(self) -> Response[Health]:
        """Ask whether Payments can work."""
        request = _readyz.request()
        return await self._send(request, _readyz.parse)


class AsyncPaymentsApi(AsyncApi):
    """The payments service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncPaymentsWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AsyncPaymentsWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    async def process_payment(
        self,
        *,
        order_id: str,
        amount: Decimal | float,
        method: PaymentMethod,
        order_identity: str | Unset = UNSET,
        payment_token: str | Unset = UNSET,
        capture: bool | Unset = True,
    ) -> PaymentResult:
        """Charge an order.

        Services only. A decline is an answer too (`failure`), and so is `pending`: the provider
        has not decided yet, or its answer is not known. Repeat the request until it says
        `success` or `failure`. An order is charged once: repeating the request gives the first
        answer with status 200, and another amount or method for the same order is refused
        (409), as is another `order_identity`. An order that was voided before is a `failure`
        with the reason `voided`, for ever.

        Args:
            order_id: The number of an order.
            amount: An amount with two decimals.
            method: How the shopper pays.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
            payment_token: What the payment provider gave the shopper's browser for a card.
                The sandbox knows these, and declines any other: `tok_approved`; `tok_declined`
                and `tok_insufficient_funds` are refused; `tok_needs_action` and
                `tok_late_webhook` are approved a little later, which a webhook tells;
                `tok_slow` takes its time; `tok_timeout_after_charge` is charged, but the first
                answer is lost; `tok_answers_twice` is told again by a webhook that comes twice.
                Stripe takes its own: `tok_…` and `pm_…`.
            capture: Take the money at once; else it is held only, for a capture later.
        """
        answer = await self.with_headers.process_payment(
            order_id=order_id,
            amount=amount,
            method=method,
            order_identity=order_identity,
            payment_token=payment_token,
            capture=capture,
        )
        return answer.parsed

    async def void_order_payment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> VoidResult:
        """Let an order hold no money.

        Services only. Afterwards the order holds no money and never will: what is authorised is
        let go, what was captured is refunded in full, and a charge that comes later fails with
        the reason `voided`. Repeating it changes nothing. While the provider does not answer,
        the answer is 503; Payments goes on by itself.

        Args:
            order_id: Which order.
            order_identity: The identity of the order; without it the number alone decides.
        """
        answer = await self.with_headers.void_order_payment(
            order_id=order_id, order_identity=order_identity
        )
        return answer.parsed

    async def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> list[Payment]:
        """List payments.

        Services and admins only. Newest first; the next page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            order_id: Keep the payment of this order.
        """
        answer = await self.with_headers.list_payments(
            limit=limit, cursor=cursor, order_id=order_id
        )
        return answer.parsed

    def iter_payments(
        self, *, limit: int | Unset = 20, order_id: str | Unset = UNSET
    ) -> AsyncIterator[Payment]:
        """Every item of `list_payments`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_payments(
                cursor=cursor, limit=limit, order_id=order_id
            )
        )

    async def list_ledger_entries(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[LedgerEntry]:
        """List what moved.

        Services and admins only. Every movement of money that the provider confirmed, in the
        order it was booked; an entry is never changed. The next page stands in `Link`.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_ledger_entries(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_ledger_entries(self, *, limit: int | Unset = 20) -> AsyncIterator[LedgerEntry]:
        """Every item of `list_ledger_entries`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_ledger_entries(cursor=cursor, limit=limit)
        )

    async def get_payment(self, payment_id: str) -> Payment:
        """Read a payment.

        Services and admins only.

        Args:
            payment_id: Which payment.
        """
        answer = await self.with_headers.get_payment(payment_id=payment_id)
        return answer.parsed

    async def capture_payment(self, payment_id: str) -> Payment:
        """Take the money that is held.

        Services and admins only. All of it; repeating it changes nothing. A payment that holds
        nothing to capture is refused (409).

        Args:
            payment_id: Which payment.
        """
        answer = await self.with_headers.capture_payment(payment_id=payment_id)
        return answer.parsed

    async def void_payment(self, payment_id: str) -> Payment:
        """Take a payment back.

        Services and admins only. What is authorised is let go, what was captured is refunded in
        full. Repeating it changes nothing; a declined payment stays declined. While the
        provider does not answer, the answer is 503; Payments goes on by itself. An admin may
        take back the payment of an order that Orders does not know, as after a restore; any
        other is refused (409 `known_to_orders`): cancel or refund the order.

        Args:
            payment_id: Which payment.
        """
        answer = await self.with_headers.void_payment(payment_id=payment_id)
        return answer.parsed

    async def refund_payment(
        self,
        payment_id: str,
        *,
        amount: Decimal | float,
        reason: str | Unset = UNSET,
        order_identity: str | Unset = UNSET,
        idempotency_key: str,
    ) -> Refund:
        """Give money back.

        Services and admins only. All refunds of a payment together never exceed what was
        captured: one that would is refused (409). A key names one refund; while the provider
        does not answer, the answer is 503 and the refund is promised: Payments goes on by
        itself, and the same key asks for the outcome. An admin may refund the payment of an
        order that Orders does not know, as after a restore; any other is refused (409
        `known_to_orders`): refund the order.

        Args:
            payment_id: Which payment.
            amount: An amount with two decimals.
            reason: Why, in a word.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
            idempotency_key: Names the refund. The first answer is replayed with
                `Idempotent-Replayed: true`; the same key with another amount or reason is
                refused with 422. The quotes of a structured header may be left out.
        """
        answer = await self.with_headers.refund_payment(
            payment_id=payment_id,
            amount=amount,
            reason=reason,
            order_identity=order_identity,
            idempotency_key=idempotency_key,
        )
        return answer.parsed

    async def receive_webhook(
        self,
        provider: PaymentProvider,
        *,
        id: str,
        type_: str,
        data: WebhookData,
        stripe_signature: str | Unset = UNSET,
    ) -> WebhookReceipt:
        """Hear of a payment from the provider.

        For the payment provider, which proves itself by a signature: `Stripe-Signature:
        t=TIME,v1=SIGNATURE`, where TIME is in Unix seconds, at most five minutes away, and
        SIGNATURE the hexadecimal HMAC-SHA256 of TIME, a full stop and the body under the secret
        of the endpoint. Any other request is refused (401). An event says no more than where to
        look: Payments asks the provider how the payment stands. One that comes again has no
        effect and is answered 200, as a provider repeats what is not; so is one of a kind that
        is not of interest.

        Args:
            provider: A payment provider; only the one that is in use may send.
            id: Names the event.
            type_: What happened.
            data: What the event is about.
            stripe_signature: Time and signature; there may be several signatures.
        """
        answer = await self.with_headers.receive_webhook(
            provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
        )
        return answer.parsed

    async def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of payments.

        Orders alone, which tells the highest number of payments that other services know, and
        asks for that of an order with a payment. A service that has not given out that number
        has lost it, as after a restore of its database: it answers 503 from then on, until its
        numbers were raised by `minishop recover payments`.

        Args:
            highest: The highest number of a kind of thing that a service knows, without its
                prefix; 0 for none.
        """
        answer = await self.with_headers.compare_numbers(highest=highest)
        return answer.parsed

    async def livez(self) -> Health:
        """Ask whether Payments runs.

        Anybody may. Touches nothing else.
        """
        answer = await self.with_headers.livez()
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether Payments can work.

        Anybody may. Asks the database.
        """
        answer = await self.with_headers.readyz()
        return answer.parsed

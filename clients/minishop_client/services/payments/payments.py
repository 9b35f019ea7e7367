# Generated from openapi/ by scripts/generate.py: do not edit.
"""Charges, and money given back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal

from minishop_client.calls import (
    Call,
    given,
    read_list,
    read_object,
    segment,
)
from minishop_client.runtime import Api, AsyncApi, Response, async_items, items
from minishop_client.values import UNSET, Unset

from .models import (
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


def _process_payment(
    *,
    order_id: str,
    amount: Decimal | float,
    method: PaymentMethod,
    order_identity: str | Unset = UNSET,
    payment_token: str | Unset = UNSET,
    capture: bool | Unset = True,
) -> Call[PaymentResult]:
    return Call(
        "POST",
        "/payments/process",
        read_object(PaymentResult.from_dict),
        json=PaymentInput(
            order_id=order_id,
            amount=amount,
            method=method,
            order_identity=order_identity,
            payment_token=payment_token,
            capture=capture,
        ).to_dict(),
    )


def _void_order_payment(order_id: str, *, order_identity: str | Unset = UNSET) -> Call[VoidResult]:
    return Call(
        "POST",
        f"/payments/orders/{segment(order_id)}/void",
        read_object(VoidResult.from_dict),
        params=given({"order_identity": order_identity}),
    )


def _list_payments(
    *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
) -> Call[list[Payment]]:
    return Call(
        "GET",
        "/payments",
        read_list(Payment.from_dict),
        params=given({"limit": limit, "cursor": cursor, "order_id": order_id}),
    )


def _list_ledger_entries(
    *, limit: int | Unset = 20, cursor: str | Unset = UNSET
) -> Call[list[LedgerEntry]]:
    return Call(
        "GET",
        "/payments/ledger",
        read_list(LedgerEntry.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
    )


def _get_payment(payment_id: str) -> Call[Payment]:
    return Call(
        "GET",
        f"/payments/{segment(payment_id)}",
        read_object(Payment.from_dict),
    )


def _capture_payment(payment_id: str) -> Call[Payment]:
    return Call(
        "POST",
        f"/payments/{segment(payment_id)}/capture",
        read_object(Payment.from_dict),
    )


def _void_payment(payment_id: str) -> Call[Payment]:
    return Call(
        "POST",
        f"/payments/{segment(payment_id)}/void",
        read_object(Payment.from_dict),
    )


def _refund_payment(
    payment_id: str,
    *,
    amount: Decimal | float,
    reason: str | Unset = UNSET,
    order_identity: str | Unset = UNSET,
    idempotency_key: str,
) -> Call[Refund]:
    return Call(
        "POST",
        f"/payments/{segment(payment_id)}/refunds",
        read_object(Refund.from_dict),
        headers=given({"Idempotency-Key": idempotency_key}),
        json=RefundInput(amount=amount, reason=reason, order_identity=order_identity).to_dict(),
    )


def _receive_webhook(
    provider: PaymentProvider,
    *,
    id: str,
    type_: str,
    data: WebhookData,
    stripe_signature: str | Unset = UNSET,
) -> Call[WebhookReceipt]:
    return Call(
        "POST",
        f"/payments/webhooks/{segment(provider)}",
        read_object(WebhookReceipt.from_dict),
        headers=given({"Stripe-Signature": stripe_signature}),
        json=WebhookEvent(id=id, type_=type_, data=data).to_dict(),
        public=True,
    )


def _compare_numbers(*, highest: int) -> Call[NumbersSeen]:
    return Call(
        "POST",
        "/payments/numbers",
        read_object(NumbersSeen.from_dict),
        json=KnownNumbers(highest=highest).to_dict(),
    )


class PaymentsResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

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
        return self._send(
            _process_payment(
                order_id=order_id,
                amount=amount,
                method=method,
                order_identity=order_identity,
                payment_token=payment_token,
                capture=capture,
            )
        )

    def void_order_payment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[VoidResult]:
        """Let an order hold no money."""
        return self._send(_void_order_payment(order_id=order_id, order_identity=order_identity))

    def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> Response[list[Payment]]:
        """List payments."""
        return self._send(_list_payments(limit=limit, cursor=cursor, order_id=order_id))

    def list_ledger_entries(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[LedgerEntry]]:
        """List the movements of money."""
        return self._send(_list_ledger_entries(limit=limit, cursor=cursor))

    def get_payment(self, payment_id: str) -> Response[Payment]:
        """Read a payment."""
        return self._send(_get_payment(payment_id=payment_id))

    def capture_payment(self, payment_id: str) -> Response[Payment]:
        """Take the money that is held."""
        return self._send(_capture_payment(payment_id=payment_id))

    def void_payment(self, payment_id: str) -> Response[Payment]:
        """Take a payment back."""
        return self._send(_void_payment(payment_id=payment_id))

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
        return self._send(
            _refund_payment(
                payment_id=payment_id,
                amount=amount,
                reason=reason,
                order_identity=order_identity,
                idempotency_key=idempotency_key,
            )
        )

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
        return self._send(
            _receive_webhook(
                provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
            )
        )

    def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of payments."""
        return self._send(_compare_numbers(highest=highest))


class PaymentsResource(Api):
    """Charges, and money given back. Each method returns the value or raises an ApiError."""

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

        Services only. A declined payment is an answer (`status: failure`), and so is `pending`:
        the provider has not decided yet, or its answer is not known. Repeat the request until
        the status is `success` or `failure`. An order is charged once: a repeated request gets
        the first answer with status 200, and another amount or method for the same order is
        refused (409), as is another `order_identity`. The payment of an order that was voided
        before is a `failure` with the reason `voided`.

        Args:
            order_id: The number of an order.
            amount: An amount with two decimals.
            method: The payment method.
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
        answer = self._send(
            _process_payment(
                order_id=order_id,
                amount=amount,
                method=method,
                order_identity=order_identity,
                payment_token=payment_token,
                capture=capture,
            )
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
        answer = self._send(_void_order_payment(order_id=order_id, order_identity=order_identity))
        return answer.parsed

    def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> list[Payment]:
        """List payments.

        Services and admins only. Newest first; the next page stands in `Link`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            order_id: Keep the payment of this order.
        """
        answer = self._send(_list_payments(limit=limit, cursor=cursor, order_id=order_id))
        return answer.parsed

    def iter_payments(
        self, *, limit: int | Unset = 20, order_id: str | Unset = UNSET
    ) -> Iterator[Payment]:
        """Every item of `list_payments`, with each page fetched on demand."""
        return items(
            lambda cursor: self._send(_list_payments(cursor=cursor, limit=limit, order_id=order_id))
        )

    def list_ledger_entries(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[LedgerEntry]:
        """List the movements of money.

        Services and admins only. Every movement of money that the provider confirmed, in the
        order it was booked; an entry is never changed. The next page stands in `Link`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self._send(_list_ledger_entries(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_ledger_entries(self, *, limit: int | Unset = 20) -> Iterator[LedgerEntry]:
        """Every item of `list_ledger_entries`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_ledger_entries(cursor=cursor, limit=limit)))

    def get_payment(self, payment_id: str) -> Payment:
        """Read a payment.

        Services and admins only.

        Args:
            payment_id: Which payment.
        """
        answer = self._send(_get_payment(payment_id=payment_id))
        return answer.parsed

    def capture_payment(self, payment_id: str) -> Payment:
        """Take the money that is held.

        Services and admins only. All of it; repeating it changes nothing. A payment that holds
        nothing to capture is refused (409).

        Args:
            payment_id: Which payment.
        """
        answer = self._send(_capture_payment(payment_id=payment_id))
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
        answer = self._send(_void_payment(payment_id=payment_id))
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
            amount: An amount above 0 with two decimals.
            reason: Why, in a word.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
            idempotency_key: Names the refund. The first answer is replayed with
                `Idempotent-Replayed: true`; the same key with another amount or reason is
                refused with 422. The quotes of a structured header may be left out.
        """
        answer = self._send(
            _refund_payment(
                payment_id=payment_id,
                amount=amount,
                reason=reason,
                order_identity=order_identity,
                idempotency_key=idempotency_key,
            )
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

        For the payment provider, which authenticates by a signature: `Stripe-Signature:
        t=TIME,v1=SIGNATURE`. TIME is in Unix seconds, at most five minutes away. SIGNATURE is
        the hexadecimal HMAC-SHA256 of TIME, a full stop and the body under the secret of the
        endpoint. Any other request is refused (401). An event only names a payment: Payments
        asks the provider for its state. A repeated event, and one of another kind, has no
        effect and is answered with 200.

        Args:
            provider: A payment provider; only the one that is in use may send.
            id: Names the event.
            type_: The kind of event.
            data: The object of the event.
            stripe_signature: Time and signature; there may be several signatures.
        """
        answer = self._send(
            _receive_webhook(
                provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
            )
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
        answer = self._send(_compare_numbers(highest=highest))
        return answer.parsed


class AsyncPaymentsResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

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
        return await self._send(
            _process_payment(
                order_id=order_id,
                amount=amount,
                method=method,
                order_identity=order_identity,
                payment_token=payment_token,
                capture=capture,
            )
        )

    async def void_order_payment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[VoidResult]:
        """Let an order hold no money."""
        return await self._send(
            _void_order_payment(order_id=order_id, order_identity=order_identity)
        )

    async def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> Response[list[Payment]]:
        """List payments."""
        return await self._send(_list_payments(limit=limit, cursor=cursor, order_id=order_id))

    async def list_ledger_entries(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[LedgerEntry]]:
        """List the movements of money."""
        return await self._send(_list_ledger_entries(limit=limit, cursor=cursor))

    async def get_payment(self, payment_id: str) -> Response[Payment]:
        """Read a payment."""
        return await self._send(_get_payment(payment_id=payment_id))

    async def capture_payment(self, payment_id: str) -> Response[Payment]:
        """Take the money that is held."""
        return await self._send(_capture_payment(payment_id=payment_id))

    async def void_payment(self, payment_id: str) -> Response[Payment]:
        """Take a payment back."""
        return await self._send(_void_payment(payment_id=payment_id))

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
        return await self._send(
            _refund_payment(
                payment_id=payment_id,
                amount=amount,
                reason=reason,
                order_identity=order_identity,
                idempotency_key=idempotency_key,
            )
        )

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
        return await self._send(
            _receive_webhook(
                provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
            )
        )

    async def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of payments."""
        return await self._send(_compare_numbers(highest=highest))


class AsyncPaymentsResource(AsyncApi):
    """Charges, and money given back. Each method returns the value or raises an ApiError."""

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

        Services only. A declined payment is an answer (`status: failure`), and so is `pending`:
        the provider has not decided yet, or its answer is not known. Repeat the request until
        the status is `success` or `failure`. An order is charged once: a repeated request gets
        the first answer with status 200, and another amount or method for the same order is
        refused (409), as is another `order_identity`. The payment of an order that was voided
        before is a `failure` with the reason `voided`.

        Args:
            order_id: The number of an order.
            amount: An amount with two decimals.
            method: The payment method.
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
        answer = await self._send(
            _process_payment(
                order_id=order_id,
                amount=amount,
                method=method,
                order_identity=order_identity,
                payment_token=payment_token,
                capture=capture,
            )
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
        answer = await self._send(
            _void_order_payment(order_id=order_id, order_identity=order_identity)
        )
        return answer.parsed

    async def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> list[Payment]:
        """List payments.

        Services and admins only. Newest first; the next page stands in `Link`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
            order_id: Keep the payment of this order.
        """
        answer = await self._send(_list_payments(limit=limit, cursor=cursor, order_id=order_id))
        return answer.parsed

    def iter_payments(
        self, *, limit: int | Unset = 20, order_id: str | Unset = UNSET
    ) -> AsyncIterator[Payment]:
        """Every item of `list_payments`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(_list_payments(cursor=cursor, limit=limit, order_id=order_id))
        )

    async def list_ledger_entries(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[LedgerEntry]:
        """List the movements of money.

        Services and admins only. Every movement of money that the provider confirmed, in the
        order it was booked; an entry is never changed. The next page stands in `Link`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self._send(_list_ledger_entries(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_ledger_entries(self, *, limit: int | Unset = 20) -> AsyncIterator[LedgerEntry]:
        """Every item of `list_ledger_entries`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(_list_ledger_entries(cursor=cursor, limit=limit))
        )

    async def get_payment(self, payment_id: str) -> Payment:
        """Read a payment.

        Services and admins only.

        Args:
            payment_id: Which payment.
        """
        answer = await self._send(_get_payment(payment_id=payment_id))
        return answer.parsed

    async def capture_payment(self, payment_id: str) -> Payment:
        """Take the money that is held.

        Services and admins only. All of it; repeating it changes nothing. A payment that holds
        nothing to capture is refused (409).

        Args:
            payment_id: Which payment.
        """
        answer = await self._send(_capture_payment(payment_id=payment_id))
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
        answer = await self._send(_void_payment(payment_id=payment_id))
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
            amount: An amount above 0 with two decimals.
            reason: Why, in a word.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
            idempotency_key: Names the refund. The first answer is replayed with
                `Idempotent-Replayed: true`; the same key with another amount or reason is
                refused with 422. The quotes of a structured header may be left out.
        """
        answer = await self._send(
            _refund_payment(
                payment_id=payment_id,
                amount=amount,
                reason=reason,
                order_identity=order_identity,
                idempotency_key=idempotency_key,
            )
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

        For the payment provider, which authenticates by a signature: `Stripe-Signature:
        t=TIME,v1=SIGNATURE`. TIME is in Unix seconds, at most five minutes away. SIGNATURE is
        the hexadecimal HMAC-SHA256 of TIME, a full stop and the body under the secret of the
        endpoint. Any other request is refused (401). An event only names a payment: Payments
        asks the provider for its state. A repeated event, and one of another kind, has no
        effect and is answered with 200.

        Args:
            provider: A payment provider; only the one that is in use may send.
            id: Names the event.
            type_: The kind of event.
            data: The object of the event.
            stripe_signature: Time and signature; there may be several signatures.
        """
        answer = await self._send(
            _receive_webhook(
                provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
            )
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
        answer = await self._send(_compare_numbers(highest=highest))
        return answer.parsed

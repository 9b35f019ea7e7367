# Generated from openapi/ by scripts/generate.py: do not edit.
"""Charges and refunds."""

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
        """Void the payment of an order."""
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
        """Capture the held amount."""
        return self._send(_capture_payment(payment_id=payment_id))

    def void_payment(self, payment_id: str) -> Response[Payment]:
        """Void a payment."""
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
        """Refund a payment."""
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
        """Receive a webhook of the payment provider."""
        return self._send(
            _receive_webhook(
                provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
            )
        )

    def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of payments."""
        return self._send(_compare_numbers(highest=highest))


class PaymentsResource(Api):
    """Charges and refunds. Each method returns the value or raises an ApiError."""

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

        Services only. A declined payment is a success of the request (`status: failure`), and
        so is `pending`: the provider has not decided yet, or its response is not known. Repeat
        the request until the status is `success` or `failure`. An order is charged once. A
        repeated request gets the first response with status 200; another amount or method for
        the same order is refused (409), and so is another `order_identity`. The payment of an
        order that was voided before is a `failure` with the reason `voided`.

        Args:
            order_id: The number of an order.
            amount: An amount with two decimals.
            method: The payment method.
            order_identity: The random identity of an order. After a restore of the
                database, the number of an order may be given to another order, but never its
                identity. A request about an order of another identity is refused (409
                `other_order`).
            payment_token: The token that the payment provider gave the shopper's browser
                for a card. The sandbox knows these and declines any other: `tok_approved`,
                `tok_slow` (approved after a pause), `tok_needs_action` and `tok_late_webhook`
                (approved later, reported by a webhook), `tok_timeout_after_charge` (charged,
                but the first response is lost), `tok_answers_twice` (approved, and reported
                again by two equal webhooks), `tok_declined` and `tok_insufficient_funds`.
                Stripe accepts its own: `tok_…` and `pm_…`.
            capture: Capture the amount at once. Otherwise it is only held, for a later
                capture.
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
        """Void the payment of an order.

        Services only. Afterwards the order holds no money permanently: an authorised amount is
        released, a captured amount is refunded in full, and a later charge fails with the
        reason `voided`. A repeated request changes nothing. If the provider does not respond,
        the response is 503, and Payments retries without further requests.

        Args:
            order_id: The number of the order.
            order_identity: The identity of the order. Without it, the number alone
                identifies the order.
        """
        answer = self._send(_void_order_payment(order_id=order_id, order_identity=order_identity))
        return answer.parsed

    def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> list[Payment]:
        """List payments.

        Services and admins. Newest first. The `Link` header leads to the next page.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            order_id: The payment of this order.
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

        Services and admins. Lists every movement of money that the provider confirmed, in the
        order of booking. An entry never changes. The `Link` header leads to the next page.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_ledger_entries(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_ledger_entries(self, *, limit: int | Unset = 20) -> Iterator[LedgerEntry]:
        """Every item of `list_ledger_entries`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_ledger_entries(cursor=cursor, limit=limit)))

    def get_payment(self, payment_id: str) -> Payment:
        """Read a payment.

        Services and admins.

        Args:
            payment_id: The number of the payment.
        """
        answer = self._send(_get_payment(payment_id=payment_id))
        return answer.parsed

    def capture_payment(self, payment_id: str) -> Payment:
        """Capture the held amount.

        Services and admins. Captures the whole amount. A repeated request changes nothing. A
        payment without a held amount is refused (409).

        Args:
            payment_id: The number of the payment.
        """
        answer = self._send(_capture_payment(payment_id=payment_id))
        return answer.parsed

    def void_payment(self, payment_id: str) -> Payment:
        """Void a payment.

        Services and admins. An authorised amount is released, and a captured amount is refunded
        in full. A repeated request changes nothing; a declined payment stays declined. If the
        provider does not respond, the response is 503, and Payments retries without further
        requests. An admin may void the payment of an order that Orders does not know, as after
        a restore; any other payment is refused (409 `known_to_orders`): cancel or refund the
        order.

        Args:
            payment_id: The number of the payment.
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
        """Refund a payment.

        Services and admins. The sum of all refunds of a payment never exceeds the captured
        amount (409). A key identifies one refund. If the provider does not respond, the
        response is 503 and the refund is accepted: Payments retries without further requests,
        and a request with the same key gets the outcome. An admin may refund the payment of an
        order that Orders does not know, as after a restore; any other payment is refused (409
        `known_to_orders`): refund the order.

        Args:
            payment_id: The number of the payment.
            amount: An amount above 0 with two decimals.
            reason: The reason in one word.
            order_identity: The random identity of an order. After a restore of the
                database, the number of an order may be given to another order, but never its
                identity. A request about an order of another identity is refused (409
                `other_order`).
            idempotency_key: Identifies the refund. The first response is replayed with
                `Idempotent-Replayed: true`. The same key with another amount or reason is
                refused (422). The quotes of a structured header may be omitted.
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
        """Receive a webhook of the payment provider.

        The payment provider authenticates by a signature: `Stripe-Signature:
        t=TIME,v1=SIGNATURE`. TIME is in Unix seconds, at most five minutes away. SIGNATURE is
        the hexadecimal HMAC-SHA256 of TIME, a full stop and the body under the secret of the
        endpoint. Any other request is refused (401). An event only names a payment: Payments
        asks the provider for its state. A repeated event, and one of another kind, has no
        effect and is answered with 200.

        Args:
            provider: A payment provider. Only the configured one may send webhooks.
            id: The id of the event.
            type_: The kind of event.
            data: The object of the event.
            stripe_signature: The time and the signature. There may be several signatures.
        """
        answer = self._send(
            _receive_webhook(
                provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
            )
        )
        return answer.parsed

    def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of payments.

        Orders only. The request contains the highest number of a payment that other services
        know; the response contains the highest number of an order with a payment. If Payments
        has not given out the number of the request, it has lost data, for example because its
        database was restored. It then answers 503 until `minishop recover payments` has raised
        its numbers.

        Args:
            highest: The highest number of one kind of object that a service knows, without
                its prefix; 0 for none.
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
        """Void the payment of an order."""
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
        """Capture the held amount."""
        return await self._send(_capture_payment(payment_id=payment_id))

    async def void_payment(self, payment_id: str) -> Response[Payment]:
        """Void a payment."""
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
        """Refund a payment."""
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
        """Receive a webhook of the payment provider."""
        return await self._send(
            _receive_webhook(
                provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
            )
        )

    async def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of payments."""
        return await self._send(_compare_numbers(highest=highest))


class AsyncPaymentsResource(AsyncApi):
    """Charges and refunds. Each method returns the value or raises an ApiError."""

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

        Services only. A declined payment is a success of the request (`status: failure`), and
        so is `pending`: the provider has not decided yet, or its response is not known. Repeat
        the request until the status is `success` or `failure`. An order is charged once. A
        repeated request gets the first response with status 200; another amount or method for
        the same order is refused (409), and so is another `order_identity`. The payment of an
        order that was voided before is a `failure` with the reason `voided`.

        Args:
            order_id: The number of an order.
            amount: An amount with two decimals.
            method: The payment method.
            order_identity: The random identity of an order. After a restore of the
                database, the number of an order may be given to another order, but never its
                identity. A request about an order of another identity is refused (409
                `other_order`).
            payment_token: The token that the payment provider gave the shopper's browser
                for a card. The sandbox knows these and declines any other: `tok_approved`,
                `tok_slow` (approved after a pause), `tok_needs_action` and `tok_late_webhook`
                (approved later, reported by a webhook), `tok_timeout_after_charge` (charged,
                but the first response is lost), `tok_answers_twice` (approved, and reported
                again by two equal webhooks), `tok_declined` and `tok_insufficient_funds`.
                Stripe accepts its own: `tok_…` and `pm_…`.
            capture: Capture the amount at once. Otherwise it is only held, for a later
                capture.
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
        """Void the payment of an order.

        Services only. Afterwards the order holds no money permanently: an authorised amount is
        released, a captured amount is refunded in full, and a later charge fails with the
        reason `voided`. A repeated request changes nothing. If the provider does not respond,
        the response is 503, and Payments retries without further requests.

        Args:
            order_id: The number of the order.
            order_identity: The identity of the order. Without it, the number alone
                identifies the order.
        """
        answer = await self._send(
            _void_order_payment(order_id=order_id, order_identity=order_identity)
        )
        return answer.parsed

    async def list_payments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, order_id: str | Unset = UNSET
    ) -> list[Payment]:
        """List payments.

        Services and admins. Newest first. The `Link` header leads to the next page.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            order_id: The payment of this order.
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

        Services and admins. Lists every movement of money that the provider confirmed, in the
        order of booking. An entry never changes. The `Link` header leads to the next page.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
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

        Services and admins.

        Args:
            payment_id: The number of the payment.
        """
        answer = await self._send(_get_payment(payment_id=payment_id))
        return answer.parsed

    async def capture_payment(self, payment_id: str) -> Payment:
        """Capture the held amount.

        Services and admins. Captures the whole amount. A repeated request changes nothing. A
        payment without a held amount is refused (409).

        Args:
            payment_id: The number of the payment.
        """
        answer = await self._send(_capture_payment(payment_id=payment_id))
        return answer.parsed

    async def void_payment(self, payment_id: str) -> Payment:
        """Void a payment.

        Services and admins. An authorised amount is released, and a captured amount is refunded
        in full. A repeated request changes nothing; a declined payment stays declined. If the
        provider does not respond, the response is 503, and Payments retries without further
        requests. An admin may void the payment of an order that Orders does not know, as after
        a restore; any other payment is refused (409 `known_to_orders`): cancel or refund the
        order.

        Args:
            payment_id: The number of the payment.
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
        """Refund a payment.

        Services and admins. The sum of all refunds of a payment never exceeds the captured
        amount (409). A key identifies one refund. If the provider does not respond, the
        response is 503 and the refund is accepted: Payments retries without further requests,
        and a request with the same key gets the outcome. An admin may refund the payment of an
        order that Orders does not know, as after a restore; any other payment is refused (409
        `known_to_orders`): refund the order.

        Args:
            payment_id: The number of the payment.
            amount: An amount above 0 with two decimals.
            reason: The reason in one word.
            order_identity: The random identity of an order. After a restore of the
                database, the number of an order may be given to another order, but never its
                identity. A request about an order of another identity is refused (409
                `other_order`).
            idempotency_key: Identifies the refund. The first response is replayed with
                `Idempotent-Replayed: true`. The same key with another amount or reason is
                refused (422). The quotes of a structured header may be omitted.
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
        """Receive a webhook of the payment provider.

        The payment provider authenticates by a signature: `Stripe-Signature:
        t=TIME,v1=SIGNATURE`. TIME is in Unix seconds, at most five minutes away. SIGNATURE is
        the hexadecimal HMAC-SHA256 of TIME, a full stop and the body under the secret of the
        endpoint. Any other request is refused (401). An event only names a payment: Payments
        asks the provider for its state. A repeated event, and one of another kind, has no
        effect and is answered with 200.

        Args:
            provider: A payment provider. Only the configured one may send webhooks.
            id: The id of the event.
            type_: The kind of event.
            data: The object of the event.
            stripe_signature: The time and the signature. There may be several signatures.
        """
        answer = await self._send(
            _receive_webhook(
                provider=provider, id=id, type_=type_, data=data, stripe_signature=stripe_signature
            )
        )
        return answer.parsed

    async def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of payments.

        Orders only. The request contains the highest number of a payment that other services
        know; the response contains the highest number of an order with a payment. If Payments
        has not given out the number of the request, it has lost data, for example because its
        database was restored. It then answers 503 until `minishop recover payments` has raised
        its numbers.

        Args:
            highest: The highest number of one kind of object that a service knows, without
                its prefix; 0 for none.
        """
        answer = await self._send(_compare_numbers(highest=highest))
        return answer.parsed

"""The rules of Payments: one charge for an order, whatever is repeated, and nothing owed that is not paid.

A payment is written down before the provider is asked. Its answer is recorded by a guarded update, whenever and however
often it comes. What the provider still has to do (capture, cancel, refund) stands in the database before it is asked,
so that `catch_up` finishes what a request could not.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import structlog

import minishop_client

from ...kit.database import Numbers, Row
from ...kit.ids import Numbering
from ...kit.logging import trace
from ...kit.order_identity import require_same_order
from ...kit.peers import Peers, ask
from ...kit.problems import Conflict, FieldError, NotFound, Unauthorized, Unprocessable
from ...kit.tokens import Caller
from .providers.provider import Charge, NoAnswer, Provider
from .providers.signatures import is_signed
from .store import Store

T = TypeVar("T")
PAYMENTS = Numbering("PAY", 555, str, int)
REFUNDS = Numbering("REF", 301, str, int)
PATIENCE = 4.5
"""Seconds that the provider gets for each answer: two of them are less than our own callers wait for us."""
ROUND = 100
_KEY = re.compile(r"(PAY-[1-9][0-9]{2,8})\.[0-9]{14}")


class OtherPayment(Conflict):
    """The order has a payment of another amount or method."""

    code, title = "payment_differs", "The order has another payment"


class NotCapturable(Conflict):
    """The payment holds nothing that could be captured."""

    code, title = "payment_not_capturable", "The payment holds nothing to capture"


class RefundExceedsCapture(Conflict):
    """More would go back than came in."""

    code, title = "refund_exceeds_capture", "A refund cannot exceed the captured amount"


class KnownToOrders(Conflict):
    """Orders would not learn that the money went back."""

    code, title = "known_to_orders", "The money of this order is given back through Orders"


class KeyReused(Unprocessable):
    """The key belongs to another refund."""

    code, title = "idempotency_key_reused", "The Idempotency-Key belongs to another request"


class BadSignature(Unauthorized):
    """The webhook was not signed by the provider, or too long ago."""

    code, title = "invalid_signature", "The signature does not hold"

    def __init__(self) -> None:
        super().__init__("Sign the time and the body with the secret of this endpoint.", challenge="Signature")


class Payments:
    """Charges and refunds, in cents."""

    def __init__(self, store: Store, provider: Provider, peers: Peers, numbers: Numbers) -> None:
        self._peers = peers
        self._numbers = numbers
        self.database = store.database
        self._store = store
        self._provider = provider

    async def compare_numbers(self, highest: int) -> int:
        """Learn the highest number of a payment that others know; that of an order with a payment."""
        await self._numbers.learn(PAYMENTS.row_of_number(highest))
        return await self._store.highest_order()

    async def process(
        self,
        order_id: str,
        amount: int,
        method: str,
        token: str | None,
        capture: bool = True,
        identity: str | None = None,
    ) -> tuple[Row, bool]:
        """The payment of the order, `pending` while no decision is known, and whether this call made it.

        Raises:
            OtherPayment: the order was to be paid otherwise before.
            OtherOrder: the number is that of an order of another identity.
        """
        payment, new = await self._store.open(order_id, identity, amount, method, capture)
        require_same_order(order_id, payment["order_identity"], identity)
        if (payment["amount"], payment["method"]) != (amount, method):
            raise OtherPayment("Its amount or its method is another one.")
        if payment["state"] == "pending":
            with suppress(NoAnswer):
                payment = await self._charge(payment, token)
        return payment, new

    async def capture(self, payment_id: str) -> Row:
        """The payment, captured.

        Raises:
            NotFound: there is none of that number.
            NotCapturable: it is neither authorised nor captured.
            NoAnswer: the provider is silent; the capture will be made.
        """
        payment = await self._store.owe_capture((await self.payment(payment_id))["id"])
        payment = await self.payment(payment_id) if payment is None else await self._pay_debts(payment)
        if payment["state"] != "captured":
            raise NotCapturable(f"It is {payment['state']}.")
        return payment

    async def void(self, caller: Caller, payment_id: str) -> Row:
        """The payment, taken back.

        Raises:
            NotFound: there is none of that number.
            KnownToOrders: an admin asks, and the order has to be cancelled or refunded instead.
            NoAnswer: the provider is silent; it will be taken back.
        """
        payment = await self.payment(payment_id)
        await self._require_unknown_order(caller, payment)
        return await self.void_order(payment["order_id"])

    async def void_order(self, order_id: str, identity: str | None = None) -> Row:
        """The payment of the order, which holds no money and never will.

        Raises:
            OtherOrder: the number is that of an order of another identity.
            NoAnswer: the provider is silent, or cannot stop now; it will be taken back.
        """
        payment = await self._store.void(order_id, identity)
        require_same_order(order_id, payment["order_identity"], identity)
        return await self._pay_debts(payment)

    async def give_back(
        self, caller: Caller, payment_id: str, key: str, amount: int, reason: str | None, identity: str | None = None
    ) -> tuple[Row, bool]:
        """The refund of this key, done, and whether it had been asked for before.

        Raises:
            NotFound: there is no such payment.
            OtherOrder: it is the payment of an order of another identity.
            KnownToOrders: an admin asks, and the order has to be refunded instead.
            RefundExceedsCapture: all refunds together would be more than was captured.
            KeyReused: another refund of the payment has the key.
            NoAnswer: the provider is silent; the refund will be made.
        """
        payment = await self.payment(payment_id)
        require_same_order(payment["order_id"], payment["order_identity"], identity)
        await self._require_unknown_order(caller, payment)
        refund, new = await self._store.promise(payment["id"], key, amount, reason)
        if refund is None:
            error = FieldError("body", "/amount", "refund_exceeds_capture", "is more than can be given back")
            raise RefundExceedsCapture("There is not as much left of the captured amount.", errors=[error])
        if (refund["amount"], refund["reason"]) != (amount, reason):
            error = FieldError("header", "/Idempotency-Key", "reused", "is that of another refund")
            raise KeyReused("Take a new key for a new refund.", errors=[error])
        if not refund["done"]:
            await self._pay_debts(await self.payment(payment_id))
        return refund, not new

    async def _require_unknown_order(self, caller: Caller, payment: Row) -> None:
        """Refuse to refund an order that Orders knows, because Orders counts the remaining amount.

        A restored Orders may have forgotten the order; then an admin gives its money back here.

        Raises:
            KnownToOrders: an admin asks about the payment of an order that Orders knows by its identity.
            Unavailable: Orders does not answer.
        """
        if caller.role == "service" or payment["order_identity"] is None:
            return
        try:
            order = await ask(self._peers.as_caller(caller).orders.get_order(payment["order_id"]), by_caller=True)
        except minishop_client.NotFound:
            return
        if order.identity == payment["order_identity"]:
            raise KnownToOrders(f"Cancel or refund order {payment['order_id']} instead: Orders does the rest.")

    async def payment(self, payment_id: str) -> Row:
        """A payment.

        Raises:
            NotFound: there is none of that number.
        """
        payment = await self._store.payment(PAYMENTS.row(payment_id))
        if payment is None:
            raise NotFound(f"There is no payment {payment_id}.")
        return payment

    async def payments(self, limit: int, before: int | None, order_id: str | None) -> list[Row]:
        """Payments, the newest first."""
        return await self._store.payments(limit, before, order_id)

    async def ledger(self, limit: int, after: int | None) -> list[Row]:
        """The ledger entries, the oldest first."""
        return await self._store.ledger(limit, after)

    async def hear(self, provider: str, raw: bytes, header: str, event: Mapping[str, Any]) -> str:
        """Look where an event of the provider points to; `accepted`, `replayed` or `ignored`.

        Raises:
            NotFound: another provider is in use.
            BadSignature: the provider did not send it, or not now.
            NoAnswer: the provider is silent; the event has to come again.
        """
        if provider != self._provider.name:
            raise NotFound("This provider is not in use.")
        if not is_signed(self._provider.secret, raw, header, time.time()):
            raise BadSignature
        if await self._store.has_heard(event["id"]):
            return "replayed"
        payment = await self._named(event)
        if payment is not None:
            await self._record(payment, self._provider.look(_charge(payment)))
        await self._store.heard(event["id"])
        return "ignored" if payment is None else "accepted"

    async def catch_up(self) -> None:
        """Pay the debts that a crash, or a provider that was away, left."""
        for payment in await self._store.owing(ROUND):
            try:
                await self._pay_debts(payment)
            except Exception as error:  # what one payment lacks does not hold up the others
                payment_id = PAYMENTS.id(payment["id"])
                structlog.get_logger().warning("payment_still_owes", payment=payment_id, exception=trace(error))
                await self._store.retry_later(payment)

    async def _charge(self, payment: Row, token: str | None) -> Row:
        if payment["reference"] is None:
            reference = await _answered(self._provider.prepare(_charge(payment), token))
            if reference is not None:
                payment = await self._store.refer(payment["id"], reference)
                if payment["state"] != "pending":  # it was voided meanwhile, and nothing is charged
                    return payment
        return await self._record(payment, self._provider.charge(_charge(payment), token))

    async def _record(self, payment: Row, asked: Awaitable[Any]) -> Row:
        """The payment after the provider's answer; money that came in too late starts on its way back."""
        payment = await self._store.record(payment["id"], await _answered(asked))
        if payment["state"] in ("voided", "declined"):
            with suppress(NoAnswer):
                return await self._pay_debts(payment)
        return payment

    async def _pay_debts(self, payment: Row) -> Row:
        """The payment, after the provider has done all that it was still to be asked for."""
        charge = _charge(payment)
        if payment["due"] is not None:
            ask = self._provider.capture if payment["due"] == "capture" else self._provider.cancel
            payment = await self._store.record(payment["id"], await _answered(ask(charge)))
        if payment["promised"] > payment["refunded"]:
            for refund in await self._store.unpaid_refunds(payment["id"]):
                key = f"{charge.key}.{refund['provider_key']}"
                await _answered(self._provider.refund(charge, key, refund["amount"]))
                payment = await self._store.refunded(refund)
        if payment["due"] is not None:
            raise NoAnswer("The payment provider has not decided yet.")
        return payment

    async def _named(self, event: Mapping[str, Any]) -> Row | None:
        """The payment whose key an event carries."""
        metadata = event["data"]["object"].get("metadata")
        key = metadata.get("payment") if isinstance(metadata, dict) else None
        found = _KEY.fullmatch(key) if isinstance(key, str) else None
        payment = await self._store.payment(PAYMENTS.row(found[1])) if found else None
        return payment if payment is not None and _charge(payment).key == key else None


def _charge(payment: Row) -> Charge:
    """What the provider is told. The time tells payments of one number apart, of two databases."""
    made = "".join(filter(str.isdigit, payment["created_at"]))
    key = f"{PAYMENTS.id(payment['id'])}.{made}"
    return Charge(key, payment["reference"], payment["amount"], bool(payment["capture"]))


async def _answered(call: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(PATIENCE):
            return await call
    except TimeoutError:
        raise NoAnswer("The payment provider does not answer.") from None

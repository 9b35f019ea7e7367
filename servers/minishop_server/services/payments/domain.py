"""The rules of Payments: an order is charged once, also if requests are repeated, and every promised refund is made.

A payment is stored before the provider is called. The provider's answer is recorded by a guarded update, so it may come
late or several times. Captures, cancellations and refunds are jobs of the outbox, added in the transaction that causes
them, and done by `settlement.py`. A request waits for its job, and a repeated request tries it again at once.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable
from contextlib import suppress
from typing import Literal

import minishop_client

from ...kit.clock import DAY, moment, unix_time
from ...kit.database import Numbers
from ...kit.idempotency import digest, require_same
from ...kit.ids import OrderId, OrderIdentity, PaymentId
from ...kit.money import Cents
from ...kit.order_identity import require_same_order
from ...kit.outbox import Outbox
from ...kit.peers import Peers, ask
from ...kit.problems import NotFound
from ...kit.tokens import Caller
from .errors import (
    InvalidSignature,
    KnownToOrders,
    PaymentDiffers,
    PaymentNotCapturable,
    RefundExceedsCapture,
)
from .ids import PAYMENTS, REFUNDS
from .ledger.store import entries
from .providers.provider import Answer, NoAnswer, Provider
from .providers.signatures import is_signed
from .rows import LedgerRow, PaymentOrMarkRow, PaymentRow, RefundRow, is_payment
from .settlement import PATIENCE, answer_of, charge_of
from .store import Store

Receipt = Literal["accepted", "replayed", "ignored"]
WAIT = PATIENCE + 0.25
"""Seconds that a request waits for the provider and the record: twice that is less than our own callers wait for us."""
_KEY = re.compile(r"(PAY-[1-9][0-9]{2,8})\.[0-9]{14}")


class Payments:
    """Charges and refunds, in cents."""

    def __init__(self, store: Store, provider: Provider, peers: Peers, numbers: Numbers, outbox: Outbox) -> None:
        self._peers = peers
        self._numbers = numbers
        self.database = store.database
        self.work = outbox
        self._store = store
        self.provider = provider

    async def compare_numbers(self, highest: int) -> int:
        """Learn the highest number of a payment that others know, and return that of an order with a payment."""
        await self._numbers.learn(PAYMENTS.row_of_number(highest))
        return await self._store.highest_order()

    async def process(
        self,
        order_id: OrderId,
        amount: Cents,
        method: str,
        token: str | None,
        capture: bool = True,
        identity: OrderIdentity | None = None,
    ) -> tuple[PaymentRow, bool]:
        """The payment of the order, `pending` while no decision is known, and whether this call made it.

        Raises:
            PaymentDiffers: the order was to be paid otherwise before.
            OtherOrder: the number is that of an order of another identity.
        """
        found, new = await self._store.open(order_id, identity, amount, method, capture)
        require_same_order(order_id, found["order_identity"], identity)
        if not is_payment(found) or (found["amount"], found["method"]) != (amount, method):
            raise PaymentDiffers
        payment: PaymentRow = found
        if payment["state"] == "pending":
            with suppress(NoAnswer):
                payment = await self._charge(payment, token)
        return payment, new

    async def capture(self, payment_id: PaymentId) -> PaymentRow:
        """The payment, captured.

        Raises:
            NotFound: there is none of that number.
            PaymentNotCapturable: it is neither authorised nor captured.
            NoAnswer: the provider is silent; the capture will be made.
        """
        payment = await self.payment(payment_id)
        async with self.work.transaction() as connection:
            await self._store.owe_capture(connection, payment["id"])
        await self._settle("capture", payment_id)
        payment = await self.payment(payment_id)
        if payment["state"] != "captured":
            raise PaymentNotCapturable(f"It is {payment['state']}.")
        return payment

    async def void(self, caller: Caller, payment_id: PaymentId) -> PaymentRow:
        """The payment, taken back.

        Raises:
            NotFound: there is none of that number.
            KnownToOrders: an admin asks, and the order has to be cancelled or refunded instead.
            NoAnswer: the provider is silent; it will be taken back.
        """
        payment = await self.payment(payment_id)
        await self._require_unknown_order(caller, payment)
        await self.void_order(payment["order_id"])
        return await self.payment(payment_id)

    async def void_order(self, order_id: OrderId, identity: OrderIdentity | None = None) -> PaymentOrMarkRow:
        """The payment of the order, which holds no money and never will.

        Raises:
            OtherOrder: the number is that of an order of another identity.
            NoAnswer: the provider is silent, or cannot stop now; it will be taken back.
        """
        async with self.work.transaction() as connection:
            payment = await self._store.void(connection, order_id, identity)
        require_same_order(order_id, payment["order_identity"], identity)
        await self._settle("cancel", PAYMENTS.id(payment["id"]))
        for refund in await self._store.refunds.open(payment["id"]):
            await self._settle("refund", REFUNDS.id(refund["id"]))
        return payment

    async def give_back(
        self,
        caller: Caller,
        payment_id: PaymentId,
        key: str,
        amount: Cents,
        reason: str | None,
        identity: OrderIdentity | None = None,
    ) -> tuple[RefundRow, bool]:
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
        async with self.work.transaction() as connection:
            refund, new = await self._store.refunds.add(connection, payment["id"], key, amount, reason)
        if refund is None:
            raise RefundExceedsCapture
        require_same(digest(refund["amount"], refund["reason"]), digest(amount, reason), "refund")
        if not refund["done"]:
            await self._settle("refund", REFUNDS.id(refund["id"]))
        return refund, not new

    async def forget_old(self, days: int) -> None:
        """Delete the ids of events that were received more than so many days ago.

        An event that comes again after that only asks the provider about its payment once more.
        """
        await self._store.forget_events(moment(unix_time() - days * DAY))

    async def _settle(self, kind: str, key: str) -> None:
        """Wait until the provider has done it; try it now if this process is not at it.

        Raises:
            NoAnswer: it is not done yet.
        """
        if not await self.work.wait(kind, key, WAIT):
            if not await self.work.is_owed(kind, key):
                return
            async with self.work.transaction() as connection:
                connection.add(kind, key)
            await self.work.wait(kind, key, WAIT)
        if await self.work.is_owed(kind, key):
            raise NoAnswer("The payment provider has not answered yet.")

    async def _require_unknown_order(self, caller: Caller, payment: PaymentRow) -> None:
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

    async def payment(self, payment_id: PaymentId) -> PaymentRow:
        """A payment.

        Raises:
            NotFound: there is none of that number.
        """
        payment = await self._store.find(PAYMENTS.row(payment_id))
        if payment is None:
            raise NotFound(f"There is no payment {payment_id}.")
        return payment

    async def payments(self, limit: int, before: int | None, order_id: OrderId | None) -> list[PaymentRow]:
        """Payments, the newest first."""
        return await self._store.payments(limit, before, order_id)

    async def ledger(self, limit: int, after: int | None) -> list[LedgerRow]:
        """The ledger entries, the oldest first."""
        return await entries(self.database, limit, after)

    async def receive_event(self, provider: str, raw: bytes, header: str, event: str, key: str | None) -> Receipt:
        """Ask the provider about the payment that its event names; `accepted`, `replayed` or `ignored`.

        Args:
            event: the id of the event.
            key: the key of the charge that it names, if it names one.

        Raises:
            NotFound: another provider is in use.
            InvalidSignature: the provider did not send it, or not now.
            NoAnswer: the provider is silent; the event has to come again.
        """
        if provider != self.provider.name:
            raise NotFound("This provider is not in use.")
        if not is_signed(self.provider.secret, raw, header, unix_time()):
            raise InvalidSignature
        if await self._store.has_event(event):
            return "replayed"
        payment = await self._payment_of(key)
        if payment is not None:
            await self._record(payment, self.provider.retrieve(charge_of(payment)))
        await self._store.add_event(event)
        return "ignored" if payment is None else "accepted"

    async def _charge(self, payment: PaymentRow, token: str | None) -> PaymentRow:
        if payment["reference"] is None:
            reference = await answer_of(self.provider.prepare(charge_of(payment), token))
            if reference is not None:
                payment = await self._store.set_reference(payment["id"], reference)
                if payment["state"] != "pending":  # it was voided meanwhile, and nothing is charged
                    return payment
        return await self._record(payment, self.provider.charge(charge_of(payment), token))

    async def _record(self, payment: PaymentRow, call: Awaitable[Answer]) -> PaymentRow:
        """The payment after the provider's answer: money that came in too late is refunded."""
        answer = await answer_of(call)
        async with self.work.transaction() as connection:
            return await self._store.record(connection, payment["id"], answer)

    async def _payment_of(self, key: str | None) -> PaymentRow | None:
        """The payment whose charge has this key."""
        found = None if key is None else _KEY.fullmatch(key)
        payment = await self._store.find(PAYMENTS.row(PaymentId(found[1]))) if found else None
        return payment if payment is not None and charge_of(payment).key == key else None

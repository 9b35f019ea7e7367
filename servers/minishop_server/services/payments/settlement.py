"""The calls to the provider that Payments owes: one handler for each kind of work.

A handler may run twice, or in two replicas at once: the provider does each step once for a key, and the store records
an outcome once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import TypeVar

from ...kit.ids import PaymentId
from ...kit.outbox import Finish, Handler, Job, Transaction
from .ids import PAYMENTS, REFUNDS, RefundId
from .providers.provider import Answer, Charge, NoAnswer, Provider
from .rows import PaymentRow
from .store import Store

T = TypeVar("T")
PATIENCE = 4.5
"""Seconds that the provider gets for each answer: two of them are less than our own callers wait for us."""


class Settlement:
    """The handlers, each of which returns the function that records its outcome."""

    def __init__(self, store: Store, provider: Provider) -> None:
        self._store = store
        self._provider = provider

    def handlers(self) -> Mapping[str, Handler]:
        """By kind of work: the key of a `refund` is the id of a refund, the others have that of a payment."""
        return {"capture": self.capture, "cancel": self.cancel, "refund": self.refund}

    async def capture(self, job: Job) -> Finish | None:
        """Take the money that is held."""
        payment = await self._store.payment(PAYMENTS.row(PaymentId(job.key)))
        if payment["state"] != "authorised":
            return None
        return self._recorded(payment, await answer_of(self._provider.capture(charge_of(payment))))

    async def cancel(self, job: Job) -> Finish | None:
        """Cancel a voided payment, so that it is never charged."""
        payment = await self._store.payment(PAYMENTS.row(PaymentId(job.key)))
        if payment["captured"] is not None:  # a refund gives it back
            return None
        return self._recorded(payment, await answer_of(self._provider.cancel(charge_of(payment))))

    async def refund(self, job: Job) -> Finish | None:
        """Give money back."""
        refund = await self._store.refunds.refund(REFUNDS.row(RefundId(job.key)))
        if refund["done"]:
            return None
        charge = charge_of(await self._store.payment(refund["payment_id"]))
        key = f"{charge.key}.{refund['provider_key']}"
        await answer_of(self._provider.refund(charge, key, refund["amount"]))

        async def record(connection: Transaction) -> None:
            await self._store.refunds.record(connection, refund)

        return record

    def _recorded(self, payment: PaymentRow, answer: Answer) -> Finish:
        if answer.state in ("pending", "authorised"):
            raise NoAnswer("The payment provider has not decided yet.")

        async def record(connection: Transaction) -> None:
            await self._store.record(connection, payment["id"], answer)

        return record


def charge_of(payment: PaymentRow) -> Charge:
    """The payment as the provider knows it.

    The time distinguishes payments of one number, of two databases.
    """
    made = "".join(filter(str.isdigit, payment["created_at"]))
    key = f"{PAYMENTS.id(payment['id'])}.{made}"
    return Charge(key, payment["reference"], payment["amount"], bool(payment["capture"]))


async def answer_of(call: Awaitable[T]) -> T:
    """The answer of the provider.

    Raises:
        NoAnswer: it takes too long.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return await call
    except TimeoutError:
        raise NoAnswer("The payment provider does not answer.") from None

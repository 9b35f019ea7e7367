"""The sandbox: a provider that moves no money and simulates the difficult cases of a real one.

It has its own tables. It reports later results by signed webhooks, sent by the outbox to the endpoint that any provider
uses. The payment token decides its behaviour: see `PaymentToken` in openapi/common.yaml.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypedDict

from .....kit.clock import unix_time
from .....kit.money import Cents
from .....kit.outbox import Job, Outbox
from .....kit.problems import Unavailable
from ..provider import Answer, Charge, NoAnswer
from ..signatures import signature
from .store import Books, ChargeRow, State

PATH = "/payments/webhooks/sandbox"
Post = Callable[[str, bytes, dict[str, str]], Awaitable[int]]
"""Sends a body with headers to a path of Payments and returns the status of the response."""

APPROVED = {None, "tok_approved", "tok_slow", "tok_timeout_after_charge", "tok_answers_twice"}
UNDECIDED: dict[str | None, State] = {"tok_needs_action": "needs_action", "tok_late_webhook": "processing"}
REASONS = {"tok_insufficient_funds": "insufficient_funds"}


class Repeats(TypedDict):
    """The payload of a webhook that is to be sent."""

    times: int


class Sandbox:
    """See `Provider`.

    Args:
        outbox: holds the webhooks until they are delivered.
        post: delivers them.
        secret: signs them.
        delay: seconds that `tok_slow` takes, and that the tokens answered later are decided after.
    """

    name = "sandbox"

    def __init__(self, books: Books, outbox: Outbox, post: Post, secret: str, delay: float = 1.0) -> None:
        self.secret = secret
        self.delay = delay
        self._books = books
        self._outbox = outbox
        self._post = post

    async def prepare(self, charge: Charge, token: str | None) -> None:
        """Nothing: the key is enough."""

    async def charge(self, charge: Charge, token: str | None) -> Answer:
        """Charge as the token says.

        A repeated charge does not count.
        """
        if token == "tok_slow":
            await asyncio.sleep(self.delay)
        success: State = "captured" if charge.capture else "authorised"
        if token in UNDECIDED:
            return await self._charge_and_tell(charge, UNDECIDED[token], outcome=success, delay=self.delay)
        if token == "tok_answers_twice":
            return await self._charge_and_tell(charge, success, times=2)
        if token in APPROVED:
            row, new = await self._books.open(charge.key, charge.amount, success)
        else:
            reason = REASONS.get(token or "", "card_declined")
            row, new = await self._books.open(charge.key, charge.amount, "declined", reason)
        if new and token == "tok_timeout_after_charge":
            raise NoAnswer("The answer of the sandbox was lost, as was asked for.")
        return _answer(row)

    async def retrieve(self, charge: Charge) -> Answer:
        """The state of the charge, which is pending if it never arrived."""
        row = await self._books.charge(charge.key)
        return Answer("pending") if row is None else _answer(row)

    async def capture(self, charge: Charge) -> Answer:
        """Capture the held amount."""
        return _answer(await self._books.move(charge.key, "captured", "authorised"))

    async def cancel(self, charge: Charge) -> Answer:
        """Release the held amount, or leave a mark that blocks a late charge."""
        row, new = await self._books.open(charge.key, charge.amount, "cancelled")
        if not new and row["state"] == "processing":
            raise NoAnswer("The provider is working on the charge and cannot cancel it.")
        return _answer(await self._books.move(charge.key, "cancelled", "authorised", "needs_action"))

    async def refund(self, charge: Charge, key: str, amount: Cents) -> None:
        """Refund an amount.

        Raises RuntimeError if it exceeds the captured amount, which Payments never requests.
        """
        if not await self._books.refund(charge.key, key, amount):
            raise RuntimeError("a refund exceeds its charge")

    async def send_webhook(self, job: Job) -> None:
        """Send an event about the charge that is the key of the work, as often as its payload says.

        Raises:
            Unavailable: it was not taken.
        """
        event = {
            "id": f"evt_{job.key.replace('.', '_')}",
            "object": "event",
            "type": "payment_intent.succeeded",
            "data": {"object": {"id": job.key, "object": "payment_intent", "metadata": {"payment": job.key}}},
        }
        body = json.dumps(event).encode()
        headers = {
            "Content-Type": "application/json",
            "Stripe-Signature": signature(self.secret, body, int(unix_time())),
        }
        repeats: Repeats = job.payload
        for _ in range(repeats["times"]):
            status = await self._post(PATH, body, headers)
            if status >= 300:
                raise Unavailable(f"The webhook was answered {status}.")

    async def _charge_and_tell(
        self, charge: Charge, state: State, *, outcome: State | None = None, delay: float = 0, times: int = 1
    ) -> Answer:
        async with self._outbox.transaction() as connection:
            if await self._books.open_within(connection, charge.key, charge.amount, state, outcome, delay):
                connection.add("send_webhook", charge.key, Repeats(times=times), delay=delay)
        row = await self._books.charge(charge.key)
        assert row is not None
        return _answer(row)


def _answer(row: ChargeRow) -> Answer:
    if row["state"] == "processing" or row["state"] == "needs_action":
        return Answer("pending")
    return Answer(row["state"], row["reason"])

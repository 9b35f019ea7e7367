"""The sandbox: a provider that moves no money, and can do all that makes a real one hard to live with.

It stands for the world outside. Its books are its own, and what it tells later comes by signed webhooks to the endpoint
that any provider uses. The payment token says how it is to behave; see `PaymentToken` in openapi/common.yaml.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog

from .....kit.database import Row
from .....kit.logging import trace
from ..provider import Answer, Charge, NoAnswer
from ..signatures import signature
from .store import Books

PATH = "/payments/webhooks/sandbox"
Post = Callable[[str, bytes, dict[str, str]], Awaitable[int]]
"""Sends a body with headers to a path of Payments; the status of the answer."""

APPROVED = {None, "tok_approved", "tok_slow", "tok_timeout_after_charge", "tok_answers_twice"}
UNDECIDED = {"tok_needs_action": "needs_action", "tok_late_webhook": "processing"}
REASONS = {"tok_insufficient_funds": "insufficient_funds"}


class Sandbox:
    """See `Provider`.

    Args:
        post: delivers webhooks.
        secret: signs them.
        delay: seconds that `tok_slow` takes, and that the tokens answered later are decided after.
    """

    name = "sandbox"

    def __init__(self, books: Books, post: Post, secret: str, delay: float = 1.0) -> None:
        self.secret = secret
        self.delay = delay
        self._books = books
        self._post = post
        self._webhooks = set[asyncio.Task[None]]()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Webhooks go out while this lasts; what was not told is found by those who ask."""
        try:
            yield
        finally:
            for task in self._webhooks:
                task.cancel()
            await asyncio.gather(*self._webhooks, return_exceptions=True)

    async def prepare(self, charge: Charge, token: str | None) -> None:
        """Nothing: the key is enough."""

    async def charge(self, charge: Charge, token: str | None) -> Answer:
        """As the token says; only the first one counts."""
        if token == "tok_slow":
            await asyncio.sleep(self.delay)
        success = "captured" if charge.capture else "authorised"
        if token in APPROVED:
            row, new = await self._books.open(charge.key, charge.amount, success)
        elif token in UNDECIDED:
            state = UNDECIDED[token]
            row, new = await self._books.open(charge.key, charge.amount, state, outcome=success, delay=self.delay)
        else:
            reason = REASONS.get(token or "", "card_declined")
            row, new = await self._books.open(charge.key, charge.amount, "declined", reason)
        if new and token == "tok_timeout_after_charge":
            raise NoAnswer("The answer of the sandbox was lost, as was asked for.")
        if new and token in UNDECIDED:
            self._tell(charge.key, self.delay)
        if new and token == "tok_answers_twice":
            self._tell(charge.key, 0, times=2)
        return _answer(row)

    async def look(self, charge: Charge) -> Answer:
        """As it stands; one that never came is pending."""
        row = await self._books.charge(charge.key)
        return Answer("pending") if row is None else _answer(row)

    async def capture(self, charge: Charge) -> Answer:
        """Capture the held amount."""
        return _answer(await self._books.move(charge.key, "captured", "authorised"))

    async def cancel(self, charge: Charge) -> Answer:
        """Release the held amount; if there is none, leave a mark that blocks a late charge."""
        row, new = await self._books.open(charge.key, charge.amount, "cancelled")
        if not new and row["state"] == "processing":
            raise NoAnswer("What the provider is working on cannot be cancelled.")
        return _answer(await self._books.move(charge.key, "cancelled", "authorised", "needs_action"))

    async def refund(self, charge: Charge, key: str, amount: int) -> None:
        """Give back; an error where that is more than was captured, which Payments never asks for."""
        if not await self._books.refund(charge.key, key, amount):
            raise RuntimeError("a refund exceeds its charge")

    def _tell(self, key: str, delay: float, times: int = 1) -> None:
        task = asyncio.create_task(self._send(key, delay, times))
        self._webhooks.add(task)
        task.add_done_callback(self._webhooks.discard)

    async def _send(self, key: str, delay: float, times: int) -> None:
        """Send an event; one that is not taken comes again, a few times."""
        await asyncio.sleep(delay)
        event = {
            "id": f"evt_{secrets.token_hex(8)}",
            "object": "event",
            "type": "payment_intent.succeeded",
            "data": {"object": {"id": key, "object": "payment_intent", "metadata": {"payment": key}}},
        }
        body = json.dumps(event).encode()
        for attempt in range(4):
            await asyncio.sleep(attempt * self.delay)
            headers = {
                "Content-Type": "application/json",
                "Stripe-Signature": signature(self.secret, body, int(time.time())),
            }
            try:
                statuses = [await self._post(PATH, body, headers) for _ in range(times)]
                if all(status < 300 for status in statuses):
                    return
            except Exception as error:  # whatever keeps it from arriving
                structlog.get_logger().warning("sandbox_webhook_lost", exception=trace(error))


def _answer(row: Row) -> Answer:
    if row["state"] in UNDECIDED.values():
        return Answer("pending")
    return Answer(row["state"], row["reason"])

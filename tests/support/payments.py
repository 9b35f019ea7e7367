"""Payments over HTTP, with nothing beside it but Auth, which says who is calling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx

from minishop_client import AsyncMinishop, Retry
from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.kit.settings import ServiceName
from minishop_server.services.payments.domain import Payments
from minishop_server.services.payments.providers.provider import NoAnswer, Provider
from minishop_server.services.settings import Settings
from tests.support.shop import token_for_everything, until_none

AMOUNT = Decimal("99.98")
SECRET = "webhook-secret-of-the-tests"
SERVICES: tuple[ServiceName, ...] = ("auth", "payments")


class Line:
    """The line to a provider: a test may cut it, before a call reaches the provider or before its answer is back.

    Only `prepare` always comes through, as the sandbox does without.
    """

    def __init__(self, provider: Any) -> None:
        self.calls: list[str] = []
        self.cut_before = self.cut_after = False
        self.pause: asyncio.Event | None = None
        for name in "charge", "retrieve", "capture", "cancel", "refund":
            setattr(provider, name, self._carrying(name, getattr(provider, name)))

    def _carrying(self, name: str, ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def call(*args: Any) -> Any:
            self.calls.append(name)
            if self.cut_before:
                raise NoAnswer
            answer = await ask(*args)
            if self.pause is not None:
                await self.pause.wait()
            if self.cut_after:
                raise NoAnswer
            return answer

        return call

    async def was_asked(self, name: str) -> bool:
        """Whether such a call was made."""
        return name in self.calls

    def cut(self, *, before: bool = False, after: bool = False) -> None:
        """From now on."""
        self.cut_before, self.cut_after = before, after

    def mend(self) -> None:
        """Let everything through again."""
        self.cut()


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    """Wait for something that happens by itself."""
    async with asyncio.timeout(10):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.02)


@dataclass
class Till:
    """Payments as another service sees it, and its internals."""

    payments: Payments
    line: Line
    sandbox: Any
    shop: AsyncMinishop
    http: httpx.AsyncClient
    app: Any

    @property
    def api(self) -> Any:
        """The operations, under a service's token."""
        return self.shop.payments

    async def charge(self, order_id: str = "ORD-101", token: str | None = None, **more: Any) -> Any:
        """Ask for the money of an order."""
        wish = {"order_id": order_id, "amount": AMOUNT, "method": "credit_card", **more}
        if token is not None:
            wish["payment_token"] = token
        return await self.api.process_payment(**wish)

    async def definite(self, order_id: str = "ORD-101", token: str | None = None) -> Any:
        """Ask until the answer is definite, as Orders does."""
        results = []

        async def is_definite() -> bool:
            results.append(await self.charge(order_id, token))
            return bool(results[-1].status != "pending")

        await until(is_definite)
        return results[-1]

    async def refund(self, amount: Decimal | float, key: str, payment_id: str = "PAY-555", **more: Any) -> Any:
        """Give some back."""
        return await self.api.with_headers.refund_payment(payment_id, idempotency_key=key, amount=amount, **more)

    async def ledger(self) -> list[tuple[str, float]]:
        """Kind and amount of each entry."""
        return [(str(entry.kind), entry.amount) for entry in await self.api.list_ledger_entries()]

    async def outside(self) -> list[tuple[str, int, int]]:
        """State, amount and refunds of each charge in the provider's own books, in cents."""
        rows = await self.payments.database.fetch(
            dict, "SELECT state, amount, refunded FROM sandbox_charges ORDER BY id"
        )
        return [(row["state"], row["amount"], row["refunded"]) for row in rows]

    async def tried(self) -> None:
        """Wait until all work that is due was tried."""
        sql = "SELECT id FROM work WHERE kind <> 'send_webhook' AND (token IS NOT NULL OR attempts = 0)"
        await until_none(self.payments.database, sql)

    async def try_again(self) -> None:
        """Try all work once more, as if its pause were over."""
        for work in await self.payments.work.rows(parked=False, limit=100, before=None):
            if work["kind"] != "send_webhook":
                await self.payments.work.resume(work["id"])
        await self.tried()

    async def told(self) -> None:
        """Wait until all webhooks were sent, and the work that follows was tried."""
        await until_none(self.payments.database, "SELECT id FROM work WHERE kind = 'send_webhook'")
        await self.tried()

    async def owed(self) -> list[str]:
        """The kinds of all work that is left."""
        return [work["kind"] for work in await self.payments.work.rows(parked=False, limit=100, before=None)]


@asynccontextmanager
async def running_till(settings: Settings) -> AsyncIterator[Till]:
    """Auth and Payments in this process."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await services[scope["path"].split("/")[1]].app(scope, receive, send)

    transport = httpx.ASGITransport(app)
    services: dict[str, Service] = {name: Service(name, with_secrets(settings), transport) for name in SERVICES}
    async with (
        services["auth"].running(),
        services["payments"].running(),
        AsyncMinishop("http://shop", transport=transport, retry=Retry(attempts=1)) as client,
        httpx.AsyncClient(transport=transport, base_url="http://shop") as http,
    ):
        token = await token_for_everything(services["auth"].domain)
        payments: Payments = services["payments"].domain
        provider: Provider = payments.provider
        yield Till(payments, Line(provider), provider, client.with_token(token), http, app)

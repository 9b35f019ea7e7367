"""A whole shop in the process of the test, its customers, and the wire between its services."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from minishop_client import AsyncMinishop, Retry
from minishop_server.hosting.gateway import Gateway
from minishop_server.hosting.service import Service
from minishop_server.kit.database import Database
from minishop_server.kit.documents import document, operations
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.kit.tokens import ISSUER, SERVICE_TOKEN_SECONDS
from minishop_server.services.settings import Settings

PASSWORD = "correct-horse-battery"
ADDRESS = "123 Main Street, St. John's"


class Gate:
    """Where a call waits until it is let through."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()


class Wire(httpx.AsyncBaseTransport):
    """Carries every call between services, and notes it; a test may cut it.

    Attributes:
        calls: each call, as in `POST /payments/process`.
        before: is given a call before it leaves, and may raise an exception.
        after: the same once it was answered, for an answer that gets lost.
        gates: the next call of this name waits here, and only that one.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.requests: list[httpx.Request] = []
        self.gates: dict[str, Gate] = {}
        self.before: Callable[[str], None] = lambda call: None
        self.after: Callable[[str], None] = lambda call: None
        self._inner: httpx.AsyncBaseTransport | None = None

    def lead_to(self, service: Service) -> None:
        """Stand between a service and its transport."""
        self._inner = service.transport
        service.transport = self

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert self._inner is not None
        call = f"{request.method} {request.url.path}"
        self.calls.append(call)
        self.requests.append(request)
        self.before(call)
        if (gate := self.gates.pop(call, None)) is not None:
            gate.reached.set()
            await gate.opened.wait()
        response = await self._inner.handle_async_request(request)
        self.after(call)
        return response

    def cut(self, *paths: str) -> None:
        """Let no call to paths that begin so through, until `mend`."""

        def refuse(call: str) -> None:
            if call.partition(" ")[2].startswith(paths):
                raise httpx.ConnectError("The wire is cut.")

        self.before = refuse

    def mend(self) -> None:
        """Let everything through again."""
        self.before = self.after = lambda call: None


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in user."""

    id: int
    email: str
    shop: AsyncMinishop

    async def checkout(self, key: str | None = None, **wish: Any) -> Any:
        """Buy the cart by credit card, and return the answer with its headers."""
        if key is not None:
            wish["idempotency_key"] = key
        return await self.shop.orders.with_headers.checkout(
            **{"user_id": self.id, "payment_method": "credit_card", **wish}
        )


class Shop:
    """All seven services, and the ways of a test into them."""

    def __init__(self, gateway: Gateway, wire: Wire) -> None:
        self.gateway = gateway
        self.wire = wire
        self.transport = httpx.ASGITransport(gateway)
        self.client = AsyncMinishop("http://shop", transport=self.transport, retry=Retry(attempts=1))

    def domain(self, name: ServiceName) -> Any:
        """The domain of a service."""
        return self.gateway.services[name].domain

    async def customer(self, name: str = "ada", address: str | None = ADDRESS) -> User:
        """A new customer, signed in."""
        return await self._user(name, address, "customer")

    async def admin(self, name: str = "grace") -> User:
        """A new admin, signed in."""
        return await self._user(name, None, "admin")

    async def _user(self, name: str, address: str | None, role: str) -> User:
        email = f"{name}@example.com"
        account = await self.domain("auth").register(name, email, PASSWORD, address, role)
        return User(account["id"], email, self.client.login(name, PASSWORD))

    def orders(self) -> AsyncMinishop:
        """The shop as Orders sees it."""
        return self.gateway.services["orders"].peers.as_itself()

    async def product(self, name: str = "Wireless Keyboard", price: int = 4999, stock: int = 100) -> int:
        """Add a product at a price in cents, and return its number."""
        product = await self.domain("catalog").add_product(name, price, stock)
        return int(product["id"])

    async def settled(self) -> None:
        """Wait until Orders has run its jobs: only parked ones are left."""
        await until_none(self.domain("orders").database, "SELECT id FROM work WHERE parked = 0")

    async def stock(self, product_id: int) -> int:
        """How many pieces are left."""
        product = await self.domain("catalog").product(product_id)
        return int(product["stock"])


async def token_for_everything(auth: Any) -> str:
    """A service token for every operation, signed by Auth, which no real service gets."""
    now = int(time.time())
    scope = [f"{name}.{each['operationId']}" for name in SERVICES for each in operations(document(name)).values()]
    claims = {
        "sub": "service_orders",
        "username": "orders",
        "role": "service",
        "scope": " ".join(scope),
        "iss": ISSUER,
        "aud": SERVICES,
        "client_id": "orders",
        "iat": now,
        "exp": now + SERVICE_TOKEN_SECONDS,
        "jti": "everything",
    }
    token: str = await auth.keys.sign(claims)
    return token


async def until_none(database: Database, sql: str) -> None:
    """Look again and again, until this finds no row any more."""
    while True:
        if not await database.fetch(dict, sql):
            return
        await asyncio.sleep(0.01)


RunService = Callable[[ServiceName], AbstractAsyncContextManager[Any]]


@asynccontextmanager
async def running_shop(settings: Settings, *, rate_limits: bool = False) -> AsyncIterator[Shop]:
    """All seven services in this process.

    Requests are not counted by default, because those of a test come from one address.
    """
    gateway = Gateway(settings.model_copy(update={"rate_limits": rate_limits}))
    shop = Shop(gateway, Wire())
    for service in gateway.services.values():
        shop.wire.lead_to(service)
    async with gateway.running(), shop.client:
        yield shop

"""Two processes of each service that are restarted under load, and the requests that failed meanwhile."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from minishop_client import AsyncMinishop, Retry
from minishop_server.hosting.service import Service
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.services.settings import Settings
from minishop_server.tools.audit.command import look
from tests.chaos.deployment import KEY_SECRET, PASSWORD, Forker, until

BUYERS, READERS = 2, 2
PRODUCTS = 4


class Watched(httpx.AsyncBaseTransport):
    """A network that counts the requests, and remembers those that failed."""

    def __init__(self) -> None:
        self._network = httpx.AsyncHTTPTransport()
        self.answered: Counter[int] = Counter()
        self.failed: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        what = f"{request.method} {request.url.path}"
        try:
            response = await self._network.handle_async_request(request)
            await response.aread()
        except httpx.TransportError as error:
            self.failed.append(f"{what}: {error!r}")
            raise
        self.answered[response.status_code] += 1
        if not response.is_success:
            self.failed.append(f"{what}: {response.status_code} {response.text}")
        return response

    async def aclose(self) -> None:
        await self._network.aclose()


@dataclass
class Fleet:
    """The processes, by the name of the service and their number."""

    forker: Forker
    folder: Path
    settings: Mapping[str, str]
    ports: Mapping[tuple[ServiceName, int], int]
    pids: dict[tuple[ServiceName, int], int] = field(default_factory=dict)

    @property
    def replicas(self) -> dict[str, list[int]]:
        """The ports of each service."""
        return {name: [self.ports[name, 1], self.ports[name, 2]] for name in SERVICES}

    def start(self, name: ServiceName, number: int) -> None:
        """Start a process, which is ready a little later."""
        log = str(self.folder / f"{name}-{number}.log")
        port, settings = self.ports[name, number], dict(self.settings)
        self.pids[name, number] = self.forker.tell(port=port, service=name, log=log, settings=settings)["pid"]

    async def ready(self, name: ServiceName, number: int) -> None:
        """Wait until a process is ready."""
        url = f"http://127.0.0.1:{self.ports[name, number]}/{name}/readyz"

        async def answers() -> bool:
            try:
                return (await http.get(url)).is_success
            except httpx.TransportError:
                return False

        async with httpx.AsyncClient() as http:
            await until(answers, f"{name}-{number} is ready")

    async def restart(self, name: ServiceName, number: int, forker: Forker | None = None) -> None:
        """End a process by SIGTERM, and start it again, from another version if there is one."""
        pid = self.pids[name, number]
        os.kill(pid, signal.SIGTERM)
        await until(lambda: not Path(f"/proc/{pid}").exists(), f"{name}-{number} ends")
        if forker is not None:
            self.forker = forker
        self.start(name, number)
        await self.ready(name, number)

    async def restart_all(self, at_once: int, forker: Forker | None = None) -> None:
        """Restart all processes, one replica of a service after the other."""
        turns = asyncio.Semaphore(at_once)

        async def one(name: ServiceName, number: int) -> None:
            async with turns:
                await self.restart(name, number, forker)

        for number in (1, 2):
            async with asyncio.TaskGroup() as group:
                for name in SERVICES:
                    group.create_task(one(name, number))

    def end(self) -> None:
        """Kill all."""
        for pid in self.pids.values():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


@asynccontextmanager
async def running_fleet(
    forker: Forker,
    folder: Path,
    databases: Mapping[str, str],
    urls: Mapping[str, str],
    ports: Sequence[int],
    drain: float,
) -> AsyncIterator[Fleet]:
    """Fourteen processes with grace as the only user.

    Args:
        urls: where the services find each other.
        ports: theirs, two for each service.
    """
    settings = {
        **databases,
        "MINISHOP_DATA_DIR": str(folder / "data"),
        "MINISHOP_AUTH_KEY_SECRET": KEY_SECRET,
        "MINISHOP_RATE_LIMITS": "off",  # all buyers have one address
        "MINISHOP_ORDERS_CLIENT_SECRET": "o" * 32,
        "MINISHOP_SHIPPING_CLIENT_SECRET": "s" * 32,
        "MINISHOP_PAYMENTS_WEBHOOK_SECRET": "w" * 32,
        "MINISHOP_TRUSTED_PROXIES": "127.0.0.1",
        "MINISHOP_METRICS_PORT": "off",
        "MINISHOP_DATABASE_POOL_SIZE": "4",
        "MINISHOP_DRAIN_SECONDS": str(drain),
        **{f"MINISHOP_{name.upper()}_URL": url for name, url in urls.items()},
    }
    settings_of_auth = {"database_url": databases["MINISHOP_AUTH_DATABASE_URL"], "key_secret": KEY_SECRET}
    async with (auth := Service("auth", Settings.model_validate({"auth": settings_of_auth}))).running():
        await auth.domain.register("grace", "grace@example.com", PASSWORD, role="admin")
    units = [(name, number) for name in SERVICES for number in (1, 2)]
    fleet = Fleet(forker, folder, settings, dict(zip(units, ports, strict=True)))
    try:
        for unit in units:
            fleet.start(*unit)
        yield fleet
    finally:
        fleet.end()


@asynccontextmanager
async def load(url: str, admin: AsyncMinishop) -> AsyncIterator[Watched]:
    """Customers who buy and read through this address while the block lasts, and give nothing a second try."""
    products = [
        await admin.catalog.create_product(name=f"Lamp {n}", price=9.99, stock=100_000) for n in range(PRODUCTS)
    ]
    numbers = [product.id for product in products]
    watched, stop = Watched(), asyncio.Event()
    async with AsyncMinishop(url, timeout=30, retry=Retry(attempts=1), transport=watched) as shop:
        users = [await _registered(shop, f"buyer-{number}") for number in range(BUYERS + READERS)]
        async with asyncio.TaskGroup() as group:
            for id, user in users[:BUYERS]:
                group.create_task(_buy(user, id, numbers, stop))
            for _, user in users[BUYERS:]:
                group.create_task(_read(user, numbers, stop))
            try:
                yield watched
            finally:
                stop.set()


async def _registered(shop: AsyncMinishop, name: str) -> tuple[int, AsyncMinishop]:
    user = await shop.auth.register(username=name, email=f"{name}@example.com", password=PASSWORD, address="1 Quay")
    return user.id, shop.with_token((await shop.auth.login(username=name, password=PASSWORD)).access_token)


async def _buy(user: AsyncMinishop, id: int, products: list[int], stop: asyncio.Event) -> None:
    number = 0
    while not stop.is_set():
        number += 1
        product = products[number % len(products)]
        with Unharmed():
            await user.cart.add_cart_item(product_id=product, quantity=2)
            await user.cart.update_cart_item(product, quantity=1)
            await user.orders.checkout(user_id=id, payment_method="credit_card")
        await _pause(stop, 0.25)


async def _read(user: AsyncMinishop, products: list[int], stop: asyncio.Event) -> None:
    while not stop.is_set():
        with Unharmed():
            await user.catalog.list_products(limit=10)
            await user.auth.get_me()
            await user.cart.get_cart()
            await user.catalog.get_product(products[0])
            await user.orders.list_orders(limit=5)
        await _pause(stop, 0.25)


class Unharmed:
    """Goes on after a failed request, which was counted."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, Exception)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    """The time in which a customer reads the page."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def findings(admin: AsyncMinishop) -> list[Any]:
    """The discrepancies, once no work is open any more."""

    async def settled() -> bool:
        return not [work async for work in admin.orders.iter_work(parked=False)]

    await until(settled, "every order is settled")
    counts, found = await look(admin, 60, 10)
    assert counts["orders"]
    return found

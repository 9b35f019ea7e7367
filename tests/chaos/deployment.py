"""A whole shop of processes, one for each service and replica, to be killed, frozen and started again."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx
import psycopg

from minishop_client import AsyncMinishop, Retry
from minishop_server.hosting.service import Service
from minishop_server.kit.settings import SERVICES
from minishop_server.services.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-battery"
KEY_SECRET = "k" * 32
PATIENCE = 60.0
"""Seconds after which a missing event counts as lost."""
AWAY = 3600.0
"""Seconds that a killed process seems to have been away, as seen by leases: longer than any."""
request_name: ContextVar[str] = ContextVar("request_name", default="")
"""The X-Request-Id of the calls that follow, or an empty text for a new one from the shop."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Orders that a restored database has forgotten: their identities, and the numbers of those that were paid.

    `users` bought them, or had an order cancelled and the cancellation was forgotten.
    """

    identities: set[str]
    users: set[int]
    paid: set[str]


class Forker:
    """The process that starts services (forker.py).

    Args:
        packages: a folder with another version of `minishop_server`.
    """

    def __init__(self, packages: Path | None = None) -> None:
        settings = {name: value for name, value in os.environ.items() if not name.startswith("MINISHOP_")}
        if packages is not None:
            settings["PYTHONPATH"] = str(packages)
        command = [sys.executable, "-m", "tests.chaos.forker"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def tell(self, **order: Any) -> dict[str, Any]:
        """Its answer to an order."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()


class _Wire(httpx.AsyncBaseTransport):
    """The network of the clients: it names their requests, and picks a replica for each."""

    def __init__(self, replicas: Mapping[str, list[int]]) -> None:
        self._replicas = replicas
        # Connections are let go before the servers do so, who would meet a request that is on its way.
        self._network = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=None, keepalive_expiry=2))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if name := request_name.get():
            request.headers["X-Request-Id"] = name
        port = random.choice(self._replicas[request.url.host])
        request.url = request.url.copy_with(host="127.0.0.1", port=port)
        return await self._network.handle_async_request(request)

    async def aclose(self) -> None:
        await self._network.aclose()


class Deployment:
    """The processes by unit: the name of a service, with a number where it has replicas.

    Attributes:
        shop: an anonymous client; a failed call is not repeated.
        data: the folder of the SQLite files and the mailbox.
        lost: the data that a restore in the middle has lost.
    """

    def __init__(
        self, forker: Forker, folder: Path, databases: Mapping[str, str], replicas: int, settings: Mapping[str, str]
    ) -> None:
        units = [name for name in SERVICES if name != "orders"] + [f"orders-{n + 1}" for n in range(replicas)]
        self._forker = forker
        self._ports = dict(zip(units, forker.tell(listen=len(units))["ports"], strict=True))
        self._pids: dict[str, int] = {}
        self._ages = dict.fromkeys(units, 0.0)
        self._frozen: set[str] = set()
        self.lost: Lost | None = None
        self.folder, self.data = folder, folder / "data"
        self.data.mkdir(parents=True)
        self.databases = {name: databases.get(name, f"sqlite:///{self.data}/{name}.db") for name in SERVICES}
        self._settings = {
            "MINISHOP_DATA_DIR": str(self.data),
            "MINISHOP_AUTH_KEY_SECRET": KEY_SECRET,
            "MINISHOP_RATE_LIMITS": "off",  # all buyers have one address
            "MINISHOP_ORDERS_CLIENT_SECRET": "o" * 32,
            "MINISHOP_SHIPPING_CLIENT_SECRET": "s" * 32,
            "MINISHOP_PAYMENTS_WEBHOOK_SECRET": "w" * 32,
            **{f"MINISHOP_{name.upper()}_DATABASE_URL": url for name, url in self.databases.items()},
            **{f"MINISHOP_{service(unit).upper()}_URL": f"http://127.0.0.1:{p}" for unit, p in self._ports.items()},
            "CHAOS_FOLDER": str(folder),
            **settings,
        }
        ports = {name: [port for unit, port in self._ports.items() if service(unit) == name] for name in SERVICES}
        urls = {name: f"http://{name}" for name in SERVICES}
        self.shop = AsyncMinishop(urls, timeout=20, retry=Retry(attempts=1), transport=_Wire(ports))

    @property
    def units(self) -> list[str]:
        """All of them, running or not."""
        return list(self._ports)

    def address(self, unit: str) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._ports[unit]}"

    def start(self, unit: str) -> None:
        """Start a process, which answers a little later."""
        self._pids[unit] = self._forker.tell(
            port=self._ports[unit],
            service=service(unit),
            log=str(self.folder / f"{unit}.log"),
            settings={**self._settings, "CHAOS_AHEAD": str(self._ages[unit])},
        )["pid"]

    def restart(self, unit: str, away: float = 0.0) -> None:
        """Kill it, if it lives, and run it again, as if it had been away for so many seconds."""
        self.kill(unit)
        self._ages[unit] += away
        self.start(unit)

    def kill(self, unit: str) -> None:
        """End it as a power cut would."""
        self._frozen.discard(unit)
        self._signal(unit, signal.SIGKILL)

    def freeze(self, unit: str) -> None:
        """Let it stand still."""
        self._frozen.add(unit)
        self._signal(unit, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let all go on."""
        for unit in self._frozen:
            self._signal(unit, signal.SIGCONT)
        self._frozen.clear()

    def is_dead(self, unit: str) -> bool:
        """Whether its process has ended."""
        try:
            os.kill(self._pids[unit], 0)
        except ProcessLookupError:
            return True
        return False

    async def ready(self) -> None:
        """Until every service answers."""
        async with httpx.AsyncClient(timeout=PATIENCE) as http:
            for unit, port in self._ports.items():
                url = f"http://127.0.0.1:{port}/{service(unit)}/readyz"
                await until(lambda url=url: _answers(http, url), f"{unit} is ready")  # type: ignore[misc]

    def rows(self, service: str, query: str) -> list[tuple[Any, ...]]:
        """The answer of a service's database to a query."""
        url = self.databases[service]
        if url.startswith("sqlite:///"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
                return database.execute(query).fetchall()
        with psycopg.connect(url) as connection:
            return connection.execute(query.encode()).fetchall()

    def end(self) -> None:
        """Kill all."""
        for unit in self._pids:
            self.kill(unit)

    def _signal(self, unit: str, number: signal.Signals) -> None:
        try:
            os.kill(self._pids[unit], number)
        except ProcessLookupError:
            return


@asynccontextmanager
async def running(
    forker: Forker, folder: Path, databases: Mapping[str, str], replicas: int = 1, settings: Mapping[str, str] = {}
) -> AsyncIterator[Deployment]:
    """A running shop with grace as the only user.

    Args:
        databases: addresses by service; other services use SQLite.
    """
    deployment = Deployment(forker, folder, databases, replicas, settings)
    try:
        settings_of_auth = {"database_url": deployment.databases["auth"], "key_secret": KEY_SECRET}
        auth = Service("auth", Settings.model_validate({"auth": settings_of_auth}))
        async with auth.running():
            await auth.domain.register("grace", "grace@example.com", PASSWORD, role="admin")
        for unit in deployment.units:
            deployment.start(unit)
        await deployment.ready()
        yield deployment
    finally:
        deployment.end()
        await deployment.shop.aclose()


def service(unit: str) -> str:
    """The service of a unit."""
    return unit.partition("-")[0]


async def until(holds: Callable[[], Any], what: str, seconds: float = PATIENCE) -> None:
    """Wait until a condition holds.

    The error message names `what` if it does not.
    """
    end = time.monotonic() + seconds
    while True:
        found = holds()
        if await found if asyncio.iscoroutine(found) else found:
            return
        assert time.monotonic() < end, f"never came true: {what}"
        await asyncio.sleep(0.02)


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url)).status_code == 200
    except httpx.TransportError:
        return False

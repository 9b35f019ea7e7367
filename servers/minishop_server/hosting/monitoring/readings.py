"""The gauges that are read when a scrape asks for them, at most every few seconds, and beside the requests."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import structlog

from ...kit.clock import monotonic, seconds_of, unix_time
from ...kit.database import PostgresDatabase
from ...kit.metrics import Counter, Gauge
from ...kit.outbox import Outbox
from ...kit.problems import Problem
from ..service import Service

FRESH = 3.0
"""Seconds in which nothing is read again."""
SECONDS = 2.0
"""The timeout of a service."""
MARGIN = 0.2
"""Seconds for the end of a reader whose time is over."""
STATES = "waiting", "running", "retrying", "parked"

READY = Gauge("minishop_ready", "1 if the service answers its probe readyz, else 0.", ("service",), merge="min")
WORK = Gauge(
    "minishop_work_rows",
    "Open jobs in the database, of each service up to 1000 that are parked and 1000 others.",
    ("service", "kind", "state"),
    merge="max",  # replicas and workers count the same table
)
OLDEST = Gauge(
    "minishop_work_oldest_seconds",
    "Age of the oldest job that is due or was tried, apart from parked ones, else 0.",
    ("service", "kind"),
    merge="max",
)
ROWS = Gauge(
    "minishop_table_rows",
    "Rows of a table of the database, estimated if there are more than 1000.",
    ("service", "table"),
    merge="max",
)
CONNECTIONS = Gauge("minishop_database_connections", "Open connections of the pool.", ("service", "state"))
MOST_CONNECTIONS = Gauge("minishop_database_connections_max", "Connections that the pool may open.", ("service",))
WAITS = Counter("minishop_database_waits_total", "Statements that waited for a free connection.", ("service",))


class Readings:
    """Reads the gauges of the services of a process."""

    def __init__(self, services: Collection[Service]) -> None:
        self._services = services
        self._turn = asyncio.Lock()
        self._fresh_until = 0.0
        self._readers: dict[str, asyncio.Task[None]] = {}

    async def read(self) -> None:
        """Bring the gauges up to date.

        A reader of a frozen PostgreSQL takes long to end even after its timeout, because asyncpg then asks the server
        to cancel the statement. Nothing waits for it, and the service is not read again before.
        """
        async with self._turn:
            if monotonic() < self._fresh_until:
                return
            for service in self._services:
                _forget(service.name)
                if service.name not in self._readers or self._readers[service.name].done():
                    self._readers[service.name] = asyncio.create_task(_read(service))
            await asyncio.wait(self._readers.values(), timeout=SECONDS + MARGIN)
            self._fresh_until = monotonic() + FRESH


def _forget(name: str) -> None:
    """A service that does not answer has only the gauge that says so."""
    for gauge in WORK, OLDEST, ROWS, CONNECTIONS, MOST_CONNECTIONS:
        gauge.drop(name)
    READY.rows[name,] = 0


async def _read(service: Service) -> None:
    name, domain = service.name, service.domain
    try:
        async with asyncio.timeout(SECONDS):
            if domain.database.system == "postgresql":
                _pool(name, domain.database)  # first, because the rest may wait for a connection
            await service.readyz(domain)
            READY.rows[name,] = 1
            work = getattr(domain, "work", None)
            if work is not None:
                await _work(name, work)
            for row in await domain.database.sizes():
                ROWS.rows[name, row["name"]] = row["number"]
    except (Problem, TimeoutError):
        return
    except Exception as error:  # the other services have their gauges all the same
        READY.rows[name,] = 0
        structlog.get_logger().error("gauges_not_read", service=name, cause=type(error).__name__)


def _pool(name: str, database: PostgresDatabase) -> None:
    use = database.use()
    CONNECTIONS.rows[name, "busy"] = use.busy
    CONNECTIONS.rows[name, "idle"] = use.idle
    MOST_CONNECTIONS.rows[name,] = use.most
    WAITS.rows[name,] = use.waits


async def _work(name: str, work: Outbox) -> None:
    amounts, now = await work.amounts(), unix_time()
    for kind in work.kinds:
        OLDEST.rows[name, kind] = 0
        for state in STATES:
            WORK.rows[name, kind, state] = 0
    for row in amounts:
        kind = row["kind"]
        WORK.rows[name, kind, row["state"]] = row["number"]
        if row["oldest"] is not None:
            OLDEST.rows[name, kind] = max(OLDEST.rows.get((name, kind), 0), now - seconds_of(row["oldest"]))

"""Measure each service in a process of its own while the shop sells, and write docs/sizing.md.

`make bench` runs it. The seven services are `minishop serve` on one PostgreSQL, called over the network as in a
cluster, without the gateway. It takes two minutes on two cores, which nothing else should use; with fewer purchases it
prints the page and does not write it.
"""

from __future__ import annotations

import argparse
import asyncio
import platform
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]
import psycopg

from bench.buyers import ADMIN, crowd, in_a_row
from bench.processes import cpu_seconds
from bench.shops import Place, place, postgresql
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.services.settings import Settings
from minishop_server.tools.audit.command import look
from minishop_server.tools.demo.seed import PASSWORD
from minishop_server.tools.processes import COMMAND, Process, environment
from scripts.strict_yaml import read

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "sizing.md"
PURCHASES, WARM_UP, BUYERS = 2_000, 200, 8
RATES = 10, 50, 200
"""Purchases a second for which replicas are calculated."""
TEXT = """\
# Sizing

Written by `.venv/bin/python -m bench.sizing`, a part of `make bench`; see below for how it is measured.

## One process

`minishop up` on SQLite suits one machine: see [the whole shop while it sells](benchmarks/purchases.md) for its rate and
memory. On PostgreSQL, `minishop up --workers N` uses N cores. Calls between services stay within the process, which
takes a fraction of the processor time of a call over the network: choose separate services for isolation and for
scaling one of them, not for speed.

## Separate services

{table}

All services and PostgreSQL together take {cpu:.1f} ms for a purchase: **{per_core:.0f} purchases a second on each
core**. Processor time is per purchase. Memory is the resident set after the start and after {purchases} purchases.
Connections are those that were open in the end, of at most {pool} for each process.

## Replicas

With replicas that are busy {busy} % of the time at most, of one core each, two of each as the least:

{replicas}

- **Connections.** PostgreSQL needs `max_connections` of at least the replicas of all services times
  `MINISHOP_DATABASE_POOL_SIZE`, and some for migrations and administrators. `minishop doctor --deployment --replicas N`
  compares them.
- **Memory.** The requests and limits of a container in `deploy/settings.yaml` are {request} and {limit}.
- **Disk.** A purchase adds {disk:.1f} kB to the seven databases, with indexes.
- **PostgreSQL** takes {share:.0f} % of the processor time. With a synchronous replica each commit also waits for that.

## How it is measured

{buyers} buyers on the same machine each start the next purchase immediately after the last: they add a product to the
cart, check out and read the cart. {cores} processor cores ({machine}), {system}, Python {python}; all responses are
validated, and PostgreSQL has its default settings without a replica. The audit afterwards had no finding. Your
hardware differs, so measure again: `.venv/bin/python -m bench.sizing`.
"""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs."""

    address: str
    process: psutil.Process


@dataclass(frozen=True, slots=True)
class Spent:
    """The costs of a service: milliseconds a purchase, megabytes at the start and in the end, connections."""

    cpu: float
    idle: float
    busy: float
    connections: int


@contextmanager
def services(where: Place) -> Iterator[dict[ServiceName, Service]]:
    """All services, ready, with the admin of the buyers."""
    ports = {name: free_port() for name in SERVICES}
    given = {
        **{f"MINISHOP_{name.upper()}_DATABASE_URL": url for name, url in where.databases.items()},
        **{f"MINISHOP_{name.upper()}_URL": f"http://127.0.0.1:{port}" for name, port in ports.items()},
        **{f"MINISHOP_{name}_CLIENT_SECRET": secrets.token_urlsafe(32) for name in ("ORDERS", "SHIPPING")},
        "MINISHOP_AUTH_KEY_SECRET": secrets.token_urlsafe(32),
        "MINISHOP_PAYMENTS_WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "MINISHOP_RATE_LIMITS": "off",
        "MINISHOP_DATA_DIR": str(where.folder),
        "MINISHOP_METRICS_PORT": "0",
        "MINISHOP_DRAIN_SECONDS": "0",
    }
    with ExitStack() as stack:
        running: dict[ServiceName, Service] = {}
        for name, port in ports.items():
            process = Process(where.folder / name, "serve", name, f"--port={port}", settings=given)
            stack.callback(process.terminate)
            running[name] = Service(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
            process.wait_for_address()
        for name, service in running.items():
            _wait_until_ready(service, name)
        command = [*COMMAND, "admin", "create", ADMIN, f"{ADMIN}@example.com", "--password-stdin"]
        subprocess.run(command, input=f"{PASSWORD}\n", text=True, env=environment(given), check=True)
        yield running


def _wait_until_ready(service: Service, name: ServiceName) -> None:
    with httpx.Client(base_url=service.address) as http:
        while http.get(f"/{name}/readyz").status_code != 200:
            sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


async def measure(where: Place, running: Mapping[ServiceName, Service], purchases: int) -> Mapping[str, object]:
    """The figures of the page.

    Raises RuntimeError if the audit finds an error.
    """
    idle = {name: megabytes(service) for name, service in running.items()}
    async with crowd({name: service.address for name, service in running.items()}, BUYERS) as buyers:
        await in_a_row(buyers, WARM_UP, lambda number: None)
        before, database, bytes_before = cpu(running), where.database_cpu(), size(where)
        started = perf_counter()
        await in_a_row(buyers, purchases, lambda number: None)
        took, after = perf_counter() - started, cpu(running)
        postgres_cpu = (where.database_cpu() - database) * 1000 / purchases
        spent = {
            name: Spent(
                (after[name] - before[name]) * 1000 / purchases,
                idle[name],
                megabytes(service),
                connections(where.databases[name], name),
            )
            for name, service in running.items()
        }
        disk = (size(where) - bytes_before) / purchases / 1000
        _, findings = await look(buyers.admin, limit=60, patience=30)
    if findings:
        raise RuntimeError("\n".join(map(str, findings)))
    total = sum(each.cpu for each in spent.values()) + postgres_cpu
    print(f"{purchases / took:.0f} purchases a second", file=sys.stderr)
    figures = {"cpu": total, "per_core": 1000 / total, "share": 100 * postgres_cpu / total, "disk": disk}
    return {**figures, "table": table(spent, postgres_cpu), "replicas": replicas(spent)}


def cpu(running: Mapping[ServiceName, Service]) -> dict[ServiceName, float]:
    return {name: cpu_seconds(service.process) for name, service in running.items()}


def megabytes(service: Service) -> float:
    return float(service.process.memory_info().rss) / 1_000_000


def connections(url: str, name: ServiceName) -> int:
    """The open ones of a service."""
    with psycopg.connect(url) as connection:
        sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = %s"
        (count,) = connection.execute(sql, [f"minishop-{name}"]).fetchone() or (0,)
        return int(count)


def size(where: Place) -> int:
    """The bytes of all databases."""
    total = 0
    for url in where.databases.values():
        with psycopg.connect(url) as connection:
            (bytes_,) = connection.execute("SELECT pg_database_size(current_database())").fetchone() or (0,)
            total += int(bytes_)
    return total


def table(spent: Mapping[ServiceName, Spent], postgres_cpu: float) -> str:
    lines = ["| | processor time, ms | memory, MB | connections |", "|---|--:|--:|--:|"]
    for name, each in spent.items():
        lines.append(f"| {name} | {each.cpu:.2f} | {each.idle:.0f} to {each.busy:.0f} | {each.connections} |")
    lines.append(f"| PostgreSQL | {postgres_cpu:.2f} | | |")
    return "\n".join(lines)


def replicas(spent: Mapping[ServiceName, Spent]) -> str:
    """Replicas of each service for some rates."""
    busy = settings()["cpu_percent"] / 100
    head = ["service", *(f"{rate} purchases a second" for rate in RATES)]
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * len(RATES)]
    for name, each in spent.items():
        numbers = (max(2, ceil(rate * each.cpu / 1000 / busy)) for rate in RATES)
        lines.append(f"| {name} | {' | '.join(map(str, numbers))} |")
    return "\n".join(lines)


def settings() -> dict[str, Any]:
    """Those of the deployment."""
    return read(ROOT / "deploy" / "settings.yaml")


def main() -> int:
    """Measure, and write the page unless it was a short run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--purchases", type=int, default=PURCHASES)
    purchases: int = parser.parse_args().purchases
    with postgresql() as server, place(server, "sizing") as where, services(where) as running:
        figures = asyncio.run(measure(where, running, purchases))
    service = settings()["resources"]["service"]
    text = TEXT.format(
        **figures,
        purchases=purchases,
        buyers=BUYERS,
        pool=Settings().database.pool_size,
        busy=settings()["cpu_percent"],
        request=service["requests"]["memory"],
        limit=service["limits"]["memory"],
        cores=psutil.cpu_count(),
        machine=platform.machine(),
        system=platform.system(),
        python=platform.python_version(),
    )
    print(text)
    if purchases >= PURCHASES:
        PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

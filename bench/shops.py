"""Whole shops to be measured: `minishop up` in processes of their own, on SQLite or on a PostgreSQL beside them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
import psycopg

from bench.processes import ROOT, cpu_seconds
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.tools import postgres
from minishop_server.tools.processes import COMMAND, running_shop

CONNECTIONS = 400
"""Two shops, or two workers of one, with a pool of ten for each service."""


class Postgres:
    """A PostgreSQL with its usual settings, but for the number of connections."""

    def __init__(self, server: postgres.Postgres) -> None:
        self.url = server.url
        self._server = server
        self._postmaster = psutil.Process(server.handle.get_pid())

    def databases(self, shop: str) -> dict[ServiceName, str]:
        """The addresses of empty databases for a shop of this name."""
        return {service: self._server.new_database(f"{shop}_{service}") for service in SERVICES}

    def cpu(self) -> float:
        """Seconds of processor time of all its processes, those that have ended too."""
        times = self._postmaster.cpu_times()
        total = float(times.user + times.system + times.children_user + times.children_system)
        for child in self._postmaster.children(recursive=True):
            try:
                times = child.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
        return total


@contextmanager
def postgresql() -> Iterator[Postgres]:
    """A PostgreSQL that lives as long as the block."""
    with postgres.running_postgres(max_connections=CONNECTIONS) as server:
        yield Postgres(server)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shop keeps its data.

    Attributes:
        folder: of the SQLite files and the mailbox.
        databases: addresses by service; none where they are those files.
        server: of the databases.
    """

    folder: Path
    databases: Mapping[ServiceName, str]
    server: Postgres | None = None

    def database_cpu(self) -> float:
        """Seconds of processor time that databases took outside the shop."""
        return 0.0 if self.server is None else self.server.cpu()


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop that is open: its place, its address, and its processes."""

    place: Place
    url: str
    processes: list[psutil.Process]

    def cpu(self) -> float:
        """Seconds of processor time of its processes."""
        return sum(map(cpu_seconds, self.processes))

    def megabytes(self) -> float:
        """The resident set of the largest of its processes."""
        return max(float(each.memory_info().rss) for each in self.processes) / 1_000_000


@contextmanager
def place(server: Postgres | None = None, name: str = "shop") -> Iterator[Place]:
    """Room for a new shop."""
    with TemporaryDirectory(prefix="minishop-bench-") as folder:
        yield Place(Path(folder), {} if server is None else server.databases(name), server)


@contextmanager
def open_shop(where: Place, workers: int = 1, command: Sequence[str] = COMMAND) -> Iterator[Shop]:
    """The shop of a place, as `minishop up` runs it, with so many workers that are ready.

    Args:
        command: the `minishop` of another checkout.
    """
    settings = {
        **{f"MINISHOP_{name.upper()}_DATABASE_URL": url for name, url in where.databases.items()},
        "MINISHOP_RATE_LIMITS": "off",
        "MINISHOP_WORKERS": str(workers),
    }
    with running_shop(where.folder / "process", where.folder, settings, command=command) as (process, url):
        first = psutil.Process(process.pid)
        if workers > 1:
            _wait_for_workers(where, workers)
        yield Shop(where, url, [first, *first.children()])


def _wait_for_workers(where: Place, number: int) -> None:
    """Until all are connected to the database that a worker opens last."""
    last = SERVICES[-1]
    sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = %s"
    with psycopg.connect(where.databases[last], autocommit=True) as connection:
        while connection.execute(sql, [f"minishop-{last}"]).fetchone() < (number,):  # type: ignore[operator]
            time.sleep(0.1)
    time.sleep(1)  # it takes connections a moment later


@contextmanager
def open_floor(where: Place) -> Iterator[Shop]:
    """The floor of a purchase (bench/floor.py) over the empty databases of a place, in a process of its own.

    Raises RuntimeError if it does not start.
    """
    command = [sys.executable, "-m", "bench.floor"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        print(json.dumps({"urls": dict(where.databases), "folder": str(where.folder)}), file=process.stdin, flush=True)
        url = process.stdout.readline().strip()
        if not url:
            raise RuntimeError("The floor did not start.")
        _wait_for(url)
        yield Shop(where, url, [psutil.Process(process.pid)])
    finally:
        process.terminate()
        process.communicate()


def _wait_for(url: str) -> None:
    """Until it takes connections."""
    address = urlsplit(url)
    while True:
        try:
            socket.create_connection((address.hostname, address.port)).close()
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            return

"""Candidates as separate processes, and their processor time."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil  # type: ignore[import-untyped]

from minishop_server.tools.postgres import running_postgres

ROOT = Path(__file__).resolve().parents[1]
START_LIMIT = 60
"""Seconds until a candidate must take connections."""

Urls = Callable[[str], Mapping[str, str]]
"""The addresses of empty databases for a candidate, or none if its data is in memory."""


class Server:
    """A running candidate."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.port = port
        self._process = psutil.Process(process.pid)

    def cpu_seconds(self) -> float:
        """See `cpu_seconds`."""
        return cpu_seconds(self._process)


def cpu_seconds(process: psutil.Process) -> float:
    """Processor time taken so far by all threads of the process, in user and kernel mode."""
    tasks = Path(f"/proc/{process.pid}/task")
    if tasks.exists():  # Linux: to the nanosecond, where `cpu_times` counts hundredths of a second
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9
    times = process.cpu_times()
    return float(times.user + times.system)


@asynccontextmanager
async def running(name: str, urls: Mapping[str, str], keys: Sequence[Mapping[str, Any]]) -> AsyncIterator[Server]:
    """Start a candidate and wait until it accepts connections.

    Raises TimeoutError.
    """
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        # The log goes to a file, as a request log does; a failure is shown from there.
        process = subprocess.Popen(  # noqa: ASYNC220  # nothing else runs meanwhile
            [sys.executable, "-m", "bench.server", name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            print(json.dumps({"urls": dict(urls), "keys": list(keys)}), file=process.stdin, flush=True)
            said = await asyncio.to_thread(process.stdout.readline)
            if not said:
                raise RuntimeError(f"{name} did not start:\n{(Path(folder) / 'log').read_text()}")
            port = int(said.rpartition(":")[2])
            async with asyncio.timeout(START_LIMIT):
                await _accepting(port)
            yield Server(process, port)
        finally:
            process.terminate()
            process.communicate()


async def _accepting(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.02)
            continue
        writer.close()
        return


@contextmanager
def memory() -> Iterator[Urls]:
    """No database."""
    yield lambda name: {}


@contextmanager
def sqlite() -> Iterator[Urls]:
    """Files in a temporary folder."""
    with TemporaryDirectory() as folder:
        yield lambda name: {service: f"sqlite:///{folder}/{name}-{service}.db" for service in ("catalog", "cart")}


@contextmanager
def postgresql() -> Iterator[Urls]:
    """Databases of a PostgreSQL server that lives as long as the block, with its usual settings."""
    # All candidates are up at once, each with two pools of ten.
    with running_postgres(max_connections=300) as server:

        def create(name: str) -> Mapping[str, str]:
            services = ("catalog", "cart")
            return {service: server.new_database(f"{name}-{service}".replace("-", "_")) for service in services}

        yield create

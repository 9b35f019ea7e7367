"""The cost of metrics: of an update, of a scrape, and of counting the work of a database.

.venv/bin/python -m bench.watching
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from minishop_server.hosting.monitoring.exposition import Family, from_json, merged, snapshot, text, to_json
from minishop_server.kit.database import PostgresDatabase, migrations_of, open_database
from minishop_server.kit.logging import configure_logging
from minishop_server.kit.metrics import Histogram
from minishop_server.kit.outbox import Outbox
from minishop_server.tools.postgres import running_postgres

UPDATES, ROUNDS = 100_000, 5
OPERATIONS, STATUSES = 120, ("200", "400", "401")
WORKERS = 4
JOBS = 100_000
ADD = """
INSERT INTO work (kind, key, payload, request_id, due, attempts, parked, created_at)
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1)
SELECT 'ship', CAST(n AS TEXT), '{}', 'bench', n, 0, n % 2, '2025-10-09T08:53:20Z' FROM n
"""


def cpu(work: Callable[[], object]) -> float:
    """Seconds of processor time, the best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
    return best


def updates(requests: Histogram) -> None:
    for _ in range(UPDATES):
        requests.observe(("orders", "checkout", "201"), 0.012)


async def longest_slice(families: list[Family]) -> float:
    """The longest time for which another task does not run while a response is written."""
    longest, before = 0.0, time.perf_counter()

    async def look() -> None:
        nonlocal longest, before
        while True:
            await asyncio.sleep(0)
            longest, before = max(longest, time.perf_counter() - before), time.perf_counter()

    other = asyncio.create_task(look())
    await asyncio.sleep(0)
    await text(families)
    other.cancel()
    return longest


async def counted(url: str) -> tuple[float, float]:
    """Milliseconds to count the work of a database: of the processor in this process, and in all."""
    database = await open_database(url, migrations_of("orders"))
    try:
        await database.execute(ADD, JOBS)
        if isinstance(database, PostgresDatabase):
            await database.execute("ANALYZE work")
        return await timed(Outbox(database, {}).amounts)
    finally:
        await database.close()


async def timed(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    best = (float("inf"), float("inf"))
    for _ in range(ROUNDS):
        spent, started = time.process_time(), time.perf_counter()
        await work()
        best = min(best, (1000 * (time.process_time() - spent), 1000 * (time.perf_counter() - started)))
    return best


async def main() -> None:
    requests = Histogram("http_server_request_duration_seconds", "Seconds.", ("service", "operation", "status"))
    print(f"an update: {1e6 * cpu(lambda: updates(requests)) / UPDATES:.2f} µs")
    requests.rows.clear()
    for operation in range(OPERATIONS):
        for status in STATUSES:
            requests.observe(("orders", f"operation_{operation}", status), 0.012)
    families = snapshot([requests])
    written = await text(families)
    spent, _ = await timed(lambda: text(families))
    stalls = [await longest_slice(families) for _ in range(ROUNDS)]
    print(f"a response of {len(requests.rows)} histograms, {len(written) / 1000:.0f} kB: {spent:.1f} ms")
    print(f"the longest slice of it: {1000 * min(stalls):.2f} ms")
    print(f"a snapshot as JSON: {1000 * cpu(lambda: to_json(snapshot([requests]))):.1f} ms")
    workers = [to_json(families)] * WORKERS
    print(f"the sum of {WORKERS} workers: {1000 * cpu(lambda: merged(map(from_json, workers))):.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        await show("SQLite", f"sqlite:///{Path(folder) / 'orders.db'}")
    with running_postgres(fsync="off") as server:
        await show("PostgreSQL", server.new_database("orders"))


async def show(name: str, url: str) -> None:
    spent, passed = await counted(url)
    print(f"counting {JOBS} jobs on {name}: {passed:.1f} ms, {spent:.1f} ms of processor time in this process")


if __name__ == "__main__":
    configure_logging("warning")
    asyncio.run(main())

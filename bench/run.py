"""Measure the path of a request through Minishop and through other frameworks, in one run on one machine.

`make bench` runs it (some ten minutes) and writes docs/benchmarks/; `--quick` takes three, shows the same tables
and writes them to reports/bench/, since slices that short say little.

Every candidate is one process with one worker; all of them are up at once, and each is loaded for a slice of time in
turn, round after round, so that a change of the machine affects all of them. The measure is the processor time of
the server's process for each request; requests a second depend on the load generator beside it, and are shown for
completeness. Before anything is measured, the answers of all candidates are compared.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, AsyncExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median

import httpx
import uvloop

from bench import processes
from bench.backend import Issuer
from bench.load import load, request_bytes, timed
from bench.peers import CANDIDATES, EXTRAS, Candidate
from bench.plot import plot
from bench.processes import Server, Urls, running
from bench.progress import Progress
from bench.report import report
from bench.results import ADD, LIST, STORAGES, Effort, Measured, Run, Slices, Start

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 16
ITEM = b'{"product_id":1,"quantity":1}'
LATER = 20
"""Requests beside which the first one after a start stands."""
PAUSE = 0.05
"""Seconds of rest before each of them, as before the first one: after other work the processor is slower."""

EXTRA, STARTS = "Additions to a request", "First requests after a start"
START_SECONDS = 5.0
"""A start and the requests after it, about."""
FULL = Effort(rounds=31, slice=0.2, warm_up=1.0, starts=9)
"""Short slices and many of them: those that are compared lie side by side."""
QUICK = Effort(rounds=7, slice=0.1, warm_up=0.4, starts=3)


def requests_for(issuer: Issuer, request: str, users: Sequence[int]) -> list[bytes]:
    """The request as each of the users sends it."""
    method, target = request.split()
    body = ITEM if method == "POST" else b""
    return [request_bytes(method, target, issuer.token(user), body) for user in users]


async def measure_storage(
    storage: str, candidates: Sequence[Candidate], issuer: Issuer, effort: Effort
) -> dict[str, dict[str, Slices]]:
    """These candidates over one storage."""
    open_storage: AbstractContextManager[Urls] = getattr(processes, storage)()
    with open_storage as urls:
        async with AsyncExitStack() as stack:
            servers = {}
            for candidate in candidates:
                server = running(candidate.name, urls(candidate.name), issuer.keys)
                servers[candidate.name] = await stack.enter_async_context(server)
            await compare_answers(servers, issuer)
            return {request: await measure_request(request, servers, issuer, effort) for request in (LIST, ADD)}


async def compare_answers(servers: dict[str, Server], issuer: Issuer) -> None:
    """Raises AssertionError unless all servers answer both requests alike."""
    expected = None
    told = ("content-type", "cache-control", "location", "etag")
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {issuer.token(1000)}"}) as client:
        for name, server in servers.items():
            at = f"http://127.0.0.1:{server.port}"
            listed = await client.get(f"{at}/catalog/products?limit=50")
            added = await client.post(f"{at}/cart/items", content=ITEM, headers={"Content-Type": "application/json"})
            found = [(answer.status_code, answer.json(), *map(answer.headers.get, told)) for answer in (listed, added)]
            expected = expected or found
            assert expected == found, f"{name} answers something else"


async def measure_request(
    request: str, servers: dict[str, Server], issuer: Issuer, effort: Effort
) -> dict[str, Slices]:
    """One request against all servers, in turn, round after round."""
    requests = requests_for(issuer, request, range(1, CONNECTIONS + 1))
    measured = {name: Slices() for name in servers}
    for server in servers.values():
        await load(server.port, requests, effort.warm_up)
    for turn in range(effort.rounds):
        for name in _rotated(list(servers), turn):
            server = servers[name]
            before = server.cpu_seconds()
            count = await load(server.port, requests, effort.slice)
            spent = server.cpu_seconds() - before
            measured[name].cpu.append(spent / count.requests * 1e6)
            measured[name].rate.append(count.requests / count.seconds)
        print(".", end="", flush=True, file=sys.stderr)
    return measured


def _rotated(names: list[str], turn: int) -> Iterator[str]:
    """Another one begins each round, so that none always follows the same."""
    start = turn % len(names)
    yield from names[start:]
    yield from names[:start]


async def measure_start(candidate: Candidate, issuer: Issuer, starts: int) -> Start:
    """The first request after a start beside later ones."""
    first, new, known, ratio = [], [], [], []
    for _ in range(starts):
        async with running(candidate.name, {}, issuer.keys) as server:
            strangers = requests_for(issuer, LIST, range(2000, 2001 + LATER))
            times = await timed(server.port, strangers, PAUSE)
            later = median(times[1:])
            first.append(times[0] * 1e3)
            new.append(later * 1e3)
            known.append(median(await timed(server.port, strangers[:1] * LATER, PAUSE)) * 1e3)
            ratio.append(times[0] / later)
    return Start(median(first), median(new), median(known), ratio)


async def measure(effort: Effort, storages: Sequence[str]) -> Run:
    """Everything."""
    issuer = Issuer()
    often = replace(effort, rounds=3 * effort.rounds)  # the differences are small
    parts = {STORAGES[storage]: len(CANDIDATES) * _seconds(effort) for storage in storages}
    if "memory" in storages:
        parts[EXTRA] = len(EXTRAS) * _seconds(often)
    progress = Progress({**parts, STARTS: len(CANDIDATES) * effort.starts * START_SECONDS})
    measured: Measured = {}
    extras: dict[str, dict[str, Slices]] = {}
    for storage in storages:
        progress.begin(STORAGES[storage])
        measured[storage] = await measure_storage(storage, CANDIDATES, issuer, effort)
    if "memory" in storages:
        progress.begin(EXTRA)
        extras = await measure_storage("memory", EXTRAS, issuer, often)
    progress.begin(STARTS)
    starts = {candidate.name: await measure_start(candidate, issuer, effort.starts) for candidate in CANDIDATES}
    print(file=sys.stderr)
    return Run(measured, extras, starts)


def _seconds(effort: Effort) -> float:
    """The time that one candidate is loaded over one storage."""
    return 2 * (effort.warm_up + effort.rounds * effort.slice)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="short slices, written to reports/bench/")
    parser.add_argument("--storage", choices=STORAGES, action="append", help="this one only; may be repeated")
    options = parser.parse_args()
    effort = QUICK if options.quick else FULL
    run = uvloop.run(measure(effort, options.storage or list(STORAGES)))
    folder = ROOT / ("reports/bench" if options.quick or options.storage else "docs/benchmarks")
    folder.mkdir(parents=True, exist_ok=True)
    text = report(run, effort, CONNECTIONS)
    (folder / "request-path.md").write_text(text, encoding="utf-8")
    (folder / "request-path.svg").write_text(plot(run.measured), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

"""The page about a run: tables, targets and the method."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from importlib.metadata import version
from statistics import median

from bench.peers import ANEW, BARE, CANDIDATES, LOGGED, MINISHOP
from bench.results import ADD, LIST, STORAGES, Effort, Run, Slices, Start, ratios, spread

INTRODUCTION = """\
# The cost of a request

How much processor time a request takes in Minishop, beside the same application written for other frameworks.

![Processor time for a request, and requests a second, in parts of bare ASGI's](request-path.svg)

## What is compared

Two requests of the shop, `GET /catalog/products?limit=50` (50 products, about 3 KB) and `POST /cart/items`,
written eight times. Each candidate checks what the documents say: the bearer token (ES256) and the role, every
parameter, the body, and that there is nothing else. The tests in `tests/unit/bench/` hold them to the same answers,
headers and all, and the same refusals, and a run compares their answers again before it measures.

- **bare ASGI** – a function each, checks by hand, orjson: the floor.
- **Starlette by hand** – Starlette's routing, requests and responses; checks by hand.
- **FastAPI, idiomatic** – as its documentation teaches it: models for query, body and answer, a chain of `Depends`.
- **FastAPI, tuned** – no response model, orjson, one dependency.
- **Litestar (msgspec)** – as its documentation teaches it: structs, guards, its authentication middleware.
- **Connexion as it comes** – its own stack, strict validation, on Minishop's documents.
- **Minishop** – the real handlers of Catalog and Cart behind the checks of `contract/`; once with answers unchecked,
  once with each answer held against the document (the default of the shop). An answer that held before is known
  again, and here nearly every one is; what the others cost stands on a line of its own.

Beneath all of them lie the same objects: the shop's domains, and either rows in memory or the shop's own SQL over its
own drivers (sqlite3, asyncpg). All verify tokens by the same code, which remembers those that held; so no signature
is verified in the tables, and only the lines about the first request contain it. Request logs are off everywhere.
Cart asks Catalog for prices over HTTP; here the prices are at hand for every candidate.

## How it is measured

One machine, one worker for each candidate, uvicorn with uvloop and httptools and the same settings for all.
{connections} keep-alive connections from a process of its own, each with its own user, wait for an answer before they
ask again. All candidates are up at once and loaded in turn for {slice:g} s, {rounds} rounds in rotating order.
**Processor time** is user and kernel time of the server's process, all its threads, divided by the requests answered (a
PostgreSQL server's own time is not in it). Ratios are taken round by round. Numbers are medians, with the quartiles in
brackets. Requests a second depend on how much the load generator and the database take of the same machine: compare
ratios.

This run: {machine}; {versions}.

To run it again: `make bench`.
"""

TARGETS = """\
Where a target is a multiple of FastAPI, or about the first request, the last column says what bare ASGI reaches over
the same domains and drivers: hardly less can be had.
"""


def report(run: Run, effort: Effort, connections: int) -> str:
    """The page in Markdown."""
    introduction = INTRODUCTION.format(
        connections=connections, slice=effort.slice, rounds=effort.rounds, machine=_machine(), versions=_versions()
    )
    parts = [introduction, "## Targets\n", TARGETS, *_rows(_targets(run))]
    for storage, requests in run.measured.items():
        parts.append(f"\n## {STORAGES[storage]}\n")
        for request, found in requests.items():
            parts += [f"`{request}`\n", *_rows(_table(found)), ""]
    if run.extras:
        parts += ["## Request id, security headers and request log\n", *_log_lines(run), ""]
        parts += ["## Answers that were not seen before\n", *_anew_lines(run), ""]
    parts += ["## The first request\n", *_start_lines(run.starts)]
    return "\n".join(parts) + "\n"


def _table(found: dict[str, Slices]) -> Iterator[tuple[str, ...]]:
    yield (
        "",
        "µs of processor time for a request",
        "to bare ASGI",
        "to idiomatic FastAPI",
        "requests a second",
        "to bare ASGI",
    )
    for candidate in CANDIDATES:
        slices = found[candidate.name]
        yield (
            candidate.title,
            spread(slices.cpu, 0),
            spread(ratios(slices.cpu, found["bare"].cpu), 2),
            spread(ratios(slices.cpu, found["fastapi"].cpu), 2),
            spread(slices.rate, 0),
            spread(ratios(slices.rate, found["bare"].rate), 2),
        )


def _targets(run: Run) -> Iterator[tuple[str, ...]]:
    yield "Target", "Request", "Measured", "Met", "Bare ASGI"
    limits = [
        ("memory", "minishop", "bare", 1.3, "Answers unchecked: at most 1.3 × bare ASGI"),
        ("memory", "minishop-checked", "bare", 1.5, "Answers checked: at most 1.5 × bare ASGI"),
        ("memory", "minishop", "fastapi", 0.3, "At most 0.30 × idiomatic FastAPI"),
        ("sqlite", "minishop", "fastapi", 0.5, "SQLite: at most 0.5 × idiomatic FastAPI"),
        ("postgresql", "minishop", "fastapi", 0.5, "PostgreSQL: at most 0.5 × idiomatic FastAPI"),
    ]
    for storage, name, other, limit, words in limits:
        for request, found in run.measured.get(storage, {}).items():
            beside = ratios(found[name].cpu, found[other].cpu)
            floor = "" if other == "bare" else spread(ratios(found["bare"].cpu, found[other].cpu), 2)
            yield words, f"`{request}`", spread(beside, 2), _met(median(beside) <= limit), floor
    for request in run.extras:
        cost = _added(run, request, LOGGED.name)
        words = "Request id, security headers and request log: at most 15 µs"
        yield words, f"`{request}`", spread(cost, 1), _met(median(cost) <= 15), ""
    first, floor = run.starts[MINISHOP.name].ratio, spread(run.starts[BARE.name].ratio, 1)
    words = "First request: at most 2 × a later one like it"
    yield words, f"`{LIST}`", spread(first, 1), _met(median(first) <= 2), floor


def _met(met: bool) -> str:
    return "yes" if met else "**no**"


def _added(run: Run, request: str, extra: str) -> list[float]:
    """Microseconds that an extra adds to a request of Minishop, round by round."""
    found = run.extras[request]
    return [more - without for more, without in zip(found[extra].cpu, found[MINISHOP.name].cpu, strict=True)]


def _log_lines(run: Run) -> Iterator[str]:
    yield "What the outermost layer of a service adds to Minishop's requests above: the request id taken or made, put"
    yield "into the answer and into what is logged, three security headers, and a JSON line for each request, written"
    yield "to a file. Only these servers are up, and each is loaded three times as often, since differences are small."
    yield "Microseconds are those of this machine; beside them stands what bare ASGI takes here.\n"
    yield f"- bare ASGI, `{LIST}`: {spread(run.extras[LIST][BARE.name].cpu, 0)} µs"
    for request in (LIST, ADD):
        yield f"- added to `{request}`: {spread(_added(run, request, LOGGED.name), 1)} µs"


def _anew_lines(run: Run) -> Iterator[str]:
    yield "What it adds to hold an answer against the document where nothing is known of it.\n"
    for request in (LIST, ADD):
        yield f"- `{request}`: {spread(_added(run, request, ANEW.name), 1)} µs"


def _start_lines(starts: dict[str, Start]) -> Iterator[str]:
    yield f"`{LIST}` on a server that has just begun to take connections, one request at a time, in milliseconds as the"
    yield "client sees it (medians over several starts). The first request comes with a token whose signature must be"
    yield "verified, and to a server that has rested; so it stands beside later ones of callers who are new too, after"
    yield "as long a rest. Data in memory.\n"
    yield from _rows(_start_table(starts))


def _start_table(starts: dict[str, Start]) -> Iterator[tuple[str, ...]]:
    yield "", "first", "later, new caller", "later, known caller", "first to later, both new"
    for candidate in CANDIDATES:
        start = starts[candidate.name]
        yield (
            candidate.title,
            f"{start.first:.2f}",
            f"{start.new_caller:.2f}",
            f"{start.known_caller:.2f}",
            spread(start.ratio, 1),
        )


def _rows(rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    head = next(rows)
    yield "| " + " | ".join(head) + " |"
    yield "|---" + "|--:" * (len(head) - 1) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _machine() -> str:
    return f"{os.cpu_count()} processor cores ({platform.machine()}), {platform.system()}"


def _versions() -> str:
    names = ("uvicorn", "starlette", "fastapi", "pydantic", "litestar", "msgspec", "connexion", "orjson")
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return ", ".join([python, *(f"{name} {version(name)}" for name in names)])

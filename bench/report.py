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

The processor time of a request in Minishop, compared with the same application on other frameworks.

![Processor time of a request and requests a second, relative to bare ASGI](request-path.svg)

## Candidates

Two requests of the shop, `GET /catalog/products?limit=50` (50 products, about 3 KB) and `POST /cart/items`,
implemented eight times. Each candidate validates requests as the documents require: the bearer token (ES256),
the role, every parameter and the body, without unknown fields. The tests in `tests/unit/bench/` require the same
responses from all, with the same headers, and the same refusals. Each run compares the responses again before it
measures.

- **bare ASGI** – one function for each operation, checks by hand, orjson: the lower bound.
- **Starlette by hand** – Starlette's routing, requests and responses; checks by hand.
- **FastAPI, idiomatic** – as in its documentation: models for query, body and response, a chain of `Depends`.
- **FastAPI, tuned** – no response model, orjson, one dependency.
- **Litestar (msgspec)** – as in its documentation: structs, guards, its authentication middleware.
- **Connexion as it comes** – its own stack, strict validation, on Minishop's documents.
- **Minishop** – the real handlers of Catalog and Cart behind the checks of `contract/`, without and with
  validation of every response (the default of the shop). A response that was found valid is recognised when it
  is repeated. Here, half of the responses are repeated and half are new: in every second one, the stock of a
  product or the version of the cart differs. On SQLite and PostgreSQL, each addition to a cart has a new version.
  A section below has the cost of new responses alone.

All candidates use the same objects: the domains of the shop, with rows in memory or with the shop's own SQL and
drivers (sqlite3, asyncpg). All verify tokens by the same code, which remembers valid ones, so only the section
on the first request includes the verification of a signature. Request logs are off everywhere, and so are rate
limits, which such a load would exceed. Cart asks Catalog for prices over HTTP; here every candidate has the prices in
the process.

## Method

One machine, one worker for each candidate, and uvicorn with httptools, the event loop of the shop (uvloop) and the
same settings for all. {connections} keep-alive connections from another process, each with its own user, wait for a
response before the next request. All candidates run at the same time and are loaded in turn for {slice:g} s, in
{rounds} rounds with rotating order. **Processor time** is user and kernel time of all threads of the server's
process, divided by the number of responses. It excludes the time of a PostgreSQL server. Ratios are computed for
each round. Numbers are medians with quartiles in brackets. The number of requests a second depends on the share of
the machine that the load generator and the database take: compare the ratios.

This run: {machine}; {versions}.

To run it again: `make bench`.
"""

TARGETS = """\
For targets relative to FastAPI and for the first request, the last column has the result of bare ASGI with the
same domains and drivers, which is the lower bound.
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
        parts += ["## New responses\n", *_anew_lines(run), ""]
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
        ("memory", "minishop", "bare", 1.3, "Responses not validated: at most 1.3 × bare ASGI"),
        ("memory", "minishop-checked", "bare", 1.5, "Responses validated: at most 1.5 × bare ASGI"),
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
    words = "First request: at most 2 × a later one of a new caller"
    yield words, f"`{LIST}`", spread(first, 1), _met(median(first) <= 2), floor


def _met(met: bool) -> str:
    return "yes" if met else "**no**"


def _added(run: Run, request: str, extra: str) -> list[float]:
    """Microseconds that an extra adds to a request of Minishop, round by round."""
    found = run.extras[request]
    return [more - without for more, without in zip(found[extra].cpu, found[MINISHOP.name].cpu, strict=True)]


def _log_lines(run: Run) -> Iterator[str]:
    yield "The cost of the outermost layer of a service for the requests of Minishop above: the request id in the"
    yield "response and the log, three security headers, and a JSON line in a log file for each request. Only these"
    yield "servers run, and each is loaded three times as often, because the differences are small. The microseconds"
    yield "depend on the machine, so the time of bare ASGI is listed too.\n"
    yield f"- bare ASGI, `{LIST}`: {spread(run.extras[LIST][BARE.name].cpu, 0)} µs"
    for request in (LIST, ADD):
        yield f"- added to `{request}`: {spread(_added(run, request, LOGGED.name), 1)} µs"


def _anew_lines(run: Run) -> Iterator[str]:
    yield "The cost of the validation of a response that is not a repeated one.\n"
    for request in (LIST, ADD):
        yield f"- `{request}`: {spread(_added(run, request, ANEW.name), 1)} µs"


def _start_lines(starts: dict[str, Start]) -> Iterator[str]:
    yield f"`{LIST}` on a server that has just started to accept connections, one request at a time,"
    yield "in milliseconds as measured by the client (medians over several starts), with data in memory. The first"
    yield "request has a token whose signature must be verified, and reaches a server that was idle. It is therefore"
    yield "compared with later requests of new callers after the same idle time.\n"
    yield from _rows(_start_table(starts))


def _start_table(starts: dict[str, Start]) -> Iterator[tuple[str, ...]]:
    yield "", "first", "later, new caller", "later, known caller", "first to later, new callers"
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

"""Measure signing in: the number of logins a second, and the effect of a flood of logins on other requests.

Seven services in one process on SQLite, as `minishop up` runs them. Beside it, one client reads the catalogue at a low
fixed rate, first alone and then while others sign in as fast as they get an answer. Its latency is from the moment that
a request was due, so that waiting for a late one counts. Then it tries to tell from the time
whether an account has an e-mail address. Writes docs/benchmarks/logins.md.
"""

from __future__ import annotations

import argparse
import asyncio
import platform
import statistics
import sys
import time
import timeit
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]

from bench.backend import Issuer
from bench.progress import Progress
from bench.shops import open_shop, place
from minishop_server.kit.revocations import Revocation, Revocations
from minishop_server.kit.tokens import TokenVerifier
from minishop_server.tools.demo.seed import PASSWORD

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks" / "logins.md"
RATE = 20
"""Reads of the catalogue a second."""
CALLERS = 8
SECONDS = 30
TIMES = 2
"""The maximum latency at the 99th percentile during the flood, as a multiple of the latency without it."""

TEXT = """\
# Signing in

Seven services run in one process on SQLite (`minishop up`, demo data). On the same machine, one client reads
`GET /catalog/products` {rate} times a second, and {callers} clients sign in as fast as they get responses.
Argon2id hashes the passwords with the default settings of `MINISHOP_AUTH_ARGON2_…`, one at a time, in a thread
that yields to the event loop.

| | logins a second | ms of processor time for a login | reads: p50, ms | reads: p99, ms |
|---|--:|--:|--:|--:|
| no logins | | | {idle.p50:.1f} | {idle.p99:.1f} |
| a flood of logins | {logins:.1f} | {cpu:.1f} | {flood.p50:.1f} | {flood.p99:.1f} |

The target is a 99th percentile during the flood below {times} times the one without logins; it was {ratio:.1f}
times. {refused} logins were refused with 503, because the queue was full.

A user sends an access token with each later request. A service recognises a token that it has verified before in
{known:.2f} µs, which is {share:.2f} % of the {read:.0f} µs of processor time of such a read (target: at most
1 %).

## Whether an account has an address

A password reset is requested {probes} times for the address of an account and {probes} times for an unknown
address, in turn. In the same way, {probes} known and {probes} unknown names sign in with a wrong password. The
time includes the request and the {after} requests that follow at once. The area under the ROC curve is the share
of pairs in which a guess by the time is right: 0.5 is chance, and 1 is certainty. The target is a distance of
less than {most} from 0.5.

| | known, ms | unknown, ms | area under the curve |
|---|--:|--:|--:|
| `POST /auth/password-reset` | {reset.known:.1f} | {reset.unknown:.1f} | {reset.area:.2f} |
| `POST /auth/login` | {login.known:.1f} | {login.unknown:.1f} | {login.area:.2f} |

This run: {seconds} s each; {cores} processor cores ({machine}), {system}; Python {python}. To run it again:
`python -m bench.logins`.
"""


PROBES = 200
"""Of each kind."""
AFTER = 6
"""Requests that follow a probe, and are timed with it."""
TOLD_APART = 0.15
"""Maximum distance of the area under the curve from 0.5.

Chance alone stays within 0.06 of it in 19 of 20 runs.
"""


@dataclass(frozen=True, slots=True)
class Apart:
    """Medians in milliseconds, and the area under the ROC curve."""

    known: float
    unknown: float
    area: float


def area_under_curve(known: Sequence[float], unknown: Sequence[float]) -> float:
    """The share of pairs in which the known one took longer (Mann and Whitney's U).

    A tie counts half.
    """
    won = sum((one > other) + (one == other) / 2 for one in known for other in unknown)
    return won / (len(known) * len(unknown))


async def told_apart(http: httpx.AsyncClient, path: str, bodies: Sequence[tuple[Any, ...]]) -> Apart:
    """How well the times of known and unknown bodies are told apart.

    The first of each pair alternates.
    """
    took: tuple[list[float], list[float]] = [], []
    for turn, pair in enumerate(bodies):
        for which in (0, 1) if turn % 2 else (1, 0):
            started = time.perf_counter()
            await http.post(path, json=pair[which])
            for _ in range(AFTER):
                await http.get("/auth/me")
            took[which].append((time.perf_counter() - started) * 1000)
            await asyncio.sleep(0.1)  # the remaining work of one must not count for the next
    known, unknown = took
    return Apart(statistics.median(known), statistics.median(unknown), area_under_curve(known, unknown))


async def guess(url: str, probes: int) -> dict[str, Apart]:
    """Try to tell by the time which addresses and names there are."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        for number in range(probes):
            account = {"username": f"known-{number}", "email": f"known-{number}@example.com", "password": PASSWORD}
            (await http.post("/auth/register", json=account)).raise_for_status()
        token = (await http.post("/auth/login", json={"username": "ada", "password": PASSWORD})).json()["access_token"]
        http.headers["Authorization"] = f"Bearer {token}"
        pairs = [(f"known-{number}", f"nobody-{number}") for number in range(probes)]
        resets = [tuple({"email": f"{name}@example.com"} for name in pair) for pair in pairs]
        logins = [tuple({"username": name, "password": "wrong"} for name in pair) for pair in pairs]
        return {
            "reset": await told_apart(http, "/auth/password-reset", resets),
            "login": await told_apart(http, "/auth/login", logins),
        }


@dataclass(frozen=True, slots=True)
class Latency:
    """In milliseconds."""

    p50: float
    p99: float


async def read(http: httpx.AsyncClient, seconds: float) -> Latency:
    """Read the catalogue at a fixed rate, whether or not the read before was answered."""
    took: list[float] = []
    started = time.perf_counter()

    async def one(due: float) -> None:
        (await http.get("/catalog/products")).raise_for_status()
        took.append((time.perf_counter() - due) * 1000)

    async with asyncio.TaskGroup() as group:
        for number in range(round(seconds * RATE)):
            due = started + number / RATE
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            group.create_task(one(due))
    cuts = statistics.quantiles(took, n=100)
    return Latency(cuts[49], cuts[98])


async def read_cpu(http: httpx.AsyncClient, process: psutil.Process) -> float:
    """Microseconds of processor time of the shop for a read, one after the other."""
    before, reads = process.cpu_times(), 1000
    for _ in range(reads):
        (await http.get("/catalog/products")).raise_for_status()
    after = process.cpu_times()
    return float(after.user + after.system - before.user - before.system) / reads * 1e6


async def known_again() -> float:
    """Microseconds in which a service recalls the caller of a token that it verified before."""
    issuer = Issuer()

    async def keys() -> Sequence[Mapping[str, Any]]:
        return issuer.keys

    async def none_ended(cursor: str | None) -> Sequence[Revocation]:
        return ()

    verifier, token = TokenVerifier("catalog", keys, Revocations(none_ended)), issuer.token(1)
    await verifier.verify(token)
    wire, times = token.encode(), 100_000
    assert verifier.known(wire) is not None
    return min(timeit.repeat(lambda: verifier.known(wire), number=times, repeat=5)) / times * 1e6


async def login(http: httpx.AsyncClient, until: float) -> tuple[int, int]:
    """How many logins succeeded, and how many were told to come back."""
    answers = {200: 0, 503: 0}
    while time.perf_counter() < until:
        answer = await http.post("/auth/login", json={"username": "ada", "password": PASSWORD})
        answers[answer.status_code] += 1
    return answers[200], answers[503]


async def measure(url: str, process: psutil.Process, seconds: float) -> dict[str, object]:
    """The figures of the page."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as http, httpx.AsyncClient(base_url=url) as reader:
        token = (await http.post("/auth/login", json={"username": "ada", "password": PASSWORD})).json()["access_token"]
        reader.headers["Authorization"] = f"Bearer {token}"
        await read(reader, 2)
        cost = await read_cpu(reader, process)
        before = process.cpu_times()
        idle = await read(reader, seconds)
        between, started = process.cpu_times(), time.perf_counter()
        callers = [asyncio.create_task(login(http, started + seconds)) for _ in range(CALLERS)]
        flood = await read(reader, seconds)
        done = await asyncio.gather(*callers)
        took, after = time.perf_counter() - started, process.cpu_times()
    logins, refused = sum(good for good, _ in done), sum(bad for _, bad in done)
    spent = [end.user + end.system - start.user - start.system for start, end in [(before, between), (between, after)]]
    cpu = (spent[1] - spent[0]) / logins * 1000
    ratio = flood.p99 / idle.p99
    known = await known_again()
    figures = {"logins": logins / took, "cpu": cpu, "refused": refused, "ratio": ratio}
    return {"idle": idle, "flood": flood, **figures, "known": known, "read": cost, "share": known / cost * 100}


def main() -> int:
    """Measure and write the page, and return the exit code.

    It is 1 if a flood of logins slows down other requests too much, or the time of a response reveals an account.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each half; fewer are not written down")
    parser.add_argument("--probes", type=int, default=PROBES, help="of each kind; fewer are not written down")
    arguments = parser.parse_args()
    seconds: int = arguments.seconds
    probes: int = arguments.probes
    progress = Progress({"A flood of logins": 2 * seconds + 10, "Guesses by the time": 0.9 * probes})
    with place() as where, open_shop(where) as shop:
        progress.begin("A flood of logins")
        found = asyncio.run(measure(shop.url, shop.processes[0], seconds))
        progress.begin("Guesses by the time")
        apart = asyncio.run(guess(shop.url, probes))
    text = TEXT.format(
        **found,
        **apart,
        probes=probes,
        after=AFTER,
        most=TOLD_APART,
        rate=RATE,
        callers=CALLERS,
        times=TIMES,
        seconds=seconds,
        cores=psutil.cpu_count(),
        machine=platform.machine(),
        system=platform.system(),
        python=platform.python_version(),
    )
    print(text)
    if seconds >= SECONDS and probes >= PROBES:
        PAGE.write_text(text, encoding="utf-8")
    told = any(abs(each.area - 0.5) >= TOLD_APART for each in apart.values())
    return int(float(str(found["ratio"])) > TIMES or told)


if __name__ == "__main__":
    sys.exit(main())

"""The page docs/benchmarks/purchases.md, from the results about purchases."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from bench.filling import PARKED
from bench.growth import SMALL, Beside
from bench.purchases_results import LIMIT_GROWTH, Found, targets
from bench.sale import BUYERS, Sold
from bench.transactions import ALL_WRITES, SANDBOX, WARM_UP
from minishop_server.kit.settings import SERVICES

BUSY = 0.9
"""The share of the processor time from which on the machine is the limit."""

TEXT = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")


def page(found: Found) -> str:
    """In Markdown."""
    counted = found.sqlite.transactions
    assert counted is not None
    return TEXT.format(
        cores=psutil.cpu_count(),
        machine=platform.machine(),
        system=platform.system(),
        python=platform.python_version(),
        targets=_table(
            ("target", "found", ""), ((t.what, t.found, "met" if t.met else "**not met**") for t in targets(found))
        ),
        buyers=BUYERS,
        rates=_rates(found),
        workers_ratio=found.two.rate / found.postgresql.rate,
        limit=_limit(found.two),
        cores_table=_cores(found),
        memory=_memory(found.sqlite),
        counted=counted.purchases - WARM_UP,
        transactions=_transactions(found),
        latency=_latency(found),
        small=SMALL,
        parked=PARKED,
        scale=f"{found.scale:,}",
        growth_limit=LIMIT_GROWTH,
        growth=_growth(found),
    )


def _rates(found: Found) -> str:
    def cells(sold: Sold, floor: Sold) -> Sequence[str]:
        megabytes = sold.marks[-1].megabytes
        return (
            f"{sold.rate:.0f}",
            f"{sold.cpu:.1f}",
            f"{sold.cpu / floor.cpu:.2f}",
            f"{sold.database_cpu:.1f}",
            f"{megabytes:.0f}",
        )

    def rows() -> Iterator[Sequence[str]]:
        for name, sold in _shops(found):
            yield *name, *cells(sold, found.sqlite_floor if name[0] == "SQLite" else found.postgresql_floor)
        for database, floor in ("SQLite", found.sqlite_floor), ("PostgreSQL", found.postgresql_floor):
            yield f"{database}, the floor", "1", *cells(floor, floor)

    head = (
        "",
        "workers",
        "purchases a second",
        "processor time of the shop, ms",
        "to the floor",
        "of PostgreSQL, ms",
        "MB per worker",
    )
    return _table(head, rows())


def _limit(two: Sold) -> str:
    shop, database, buyers = two.cores
    busy, cores = shop + database + buyers, psutil.cpu_count()
    together = (
        f"of {cores} cores, the workers keep {shop:.2f} busy,\n"
        f"PostgreSQL {database:.2f} and the buyers {buyers:.2f}, which is {busy / cores:.0%} together"
    )
    if busy > BUSY * cores:
        return f"The processor is the limit: {together}."
    return f"The processor is not the limit, so purchases wait for the disk or another program: {together}."


def _cores(found: Found) -> str:
    def cells(sold: Sold) -> Iterator[str]:
        for busy in *sold.cores, sum(sold.cores):
            yield f"{busy:.2f}"

    head = ("cores that are busy", "workers", "the shop", "PostgreSQL", "the buyers", "all")
    return _table(head, ((*name, *cells(sold)) for name, sold in _shops(found)))


def _memory(sold: Sold) -> str:
    def rows() -> Iterator[Sequence[str]]:
        yield "0", f"{sold.marks[0].megabytes:.0f}", "", ""
        for before, after in pairwise(sold.marks):
            new = after.purchases - before.purchases
            rate, cost = new / (after.seconds - before.seconds), (after.cpu - before.cpu) / new * 1000
            yield f"{after.purchases:,}", f"{after.megabytes:.0f}", f"{rate:.0f}", f"{cost:.1f}"

    return _table(("purchases", "memory, MB", "purchases a second", "ms of processor time for a purchase"), rows())


def _transactions(found: Found) -> str:
    assert found.sqlite.transactions is not None
    assert found.postgresql.transactions is not None
    lite, post = found.sqlite.transactions, found.postgresql.transactions

    def cells(name: str, label: str, sandbox: float) -> Sequence[str]:
        return (
            label,
            f"{lite.purchase[name] - sandbox:.2f}",
            f"{post.purchase[name] - sandbox:.2f}",
            f"{lite.idle[name]:.1f}",
            f"{post.idle[name]:.1f}",
        )

    def rows() -> Iterator[Sequence[str]]:
        for name in SERVICES:
            yield cells(name, name, 1.0 if name == SANDBOX else 0.0)
        all_counts = lite.purchase, post.purchase, lite.idle, post.idle
        writing, reading_too, idle, idle_reading_too = (sum(counts[name] for name in SERVICES) for counts in all_counts)
        yield "all", f"{writing - 1:.2f}", f"{reading_too - 1:.2f}", f"{idle:.1f}", f"{idle_reading_too:.1f}"
        wrote, idle_wrote = post.purchase[ALL_WRITES] - 1, post.idle[ALL_WRITES]
        yield "of which write", f"{writing - 1:.2f}", f"{wrote:.2f}", f"{idle:.1f}", f"{idle_wrote:.1f}"

    head = (
        "",
        "SQLite, writing",
        "PostgreSQL, including reads",
        "SQLite, idle, a second",
        "PostgreSQL, idle, a second",
    )
    return _table(head, rows())


def _latency(found: Found) -> str:
    def cells(sold: Sold) -> Sequence[str]:
        p50, p99 = sold.percentile(0.5), sold.percentile(0.99)
        return f"{sold.rate / 2:.0f}", f"{len(sold.checkouts):,}", f"{p50:.0f}", f"{p99:.0f}"

    head = ("", "workers", "checkouts a second", "checkouts", "p50, ms", "p99, ms")
    return _table(head, ((*name, *cells(sold)) for name, sold in _shops(found)))


def _shops(found: Found) -> Iterator[tuple[tuple[str, str], Sold]]:
    yield ("SQLite", "1"), found.sqlite
    yield ("PostgreSQL", "1"), found.postgresql
    yield ("PostgreSQL", "2"), found.two


def _growth(found: Found) -> str:
    lite, post = found.sqlite_growth, found.postgresql_growth

    def cells(beside: Beside | None) -> Sequence[str]:
        if beside is None:
            return "", "", ""
        ratio = f"{beside.ratio:.2f}"
        return f"{beside.small:.1f}", f"{beside.large:.1f}", ratio if beside.ratio <= LIMIT_GROWTH else f"**{ratio}**"

    def rows(one: Mapping[str, Beside], other: Mapping[str, Beside]) -> Iterator[Sequence[str]]:
        for name in other:
            yield name, *cells(one.get(name)), *cells(other[name])

    head = ("", "SQLite, small", "large", "times", "PostgreSQL, small", "large", "times")
    return _table(head, [*rows(lite.purchase, post.purchase), *rows(lite.reads, post.reads)])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns but the first are numbers, unless they say otherwise."""
    lines = [head, ["--", *("--:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |") for cells in lines)

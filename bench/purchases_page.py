"""The page docs/benchmarks/purchases.md, from the results about purchases."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import psutil  # type: ignore[import-untyped]

from bench.growth import SMALL, Beside, Growth
from bench.sale import BUYERS, Sold
from bench.transactions import ALL_WRITES, SANDBOX, WARM_UP
from minishop_server.kit.settings import SERVICES

LIMIT_MB, FLAT_MB, LIMIT_TRANSACTIONS, LIMIT_GROWTH = 200, 5, 12, 1.2

TEXT = """\
# The whole shop while it sells

Seven services in one process (`minishop up`, answers checked, demo data), and buyers beside it on the same machine,
each with an account of its own, who add a product to their cart, check out and read their cart, through the published
client. That is a purchase: three requests of the shopper, and about a dozen between the services. On SQLite each commit
waits for the disk; PostgreSQL has its usual settings.

This run: {cores} processor cores ({machine}), {system}; Python {python}. To run it again, on a machine that does
nothing else: `make bench`, or this part alone: `.venv/bin/python -m bench.purchases` (a quarter of an hour;
`--purchases` and `--scale` make it shorter).

## Targets

{targets}

## Rate and processor time

{buyers} buyers, each of whom buys again as soon as it has bought. They take their share of the same {cores} cores.

{rates}

SQLite is for one process: it has one writer, and each process would wait for the other's. Two processes on PostgreSQL
are two `minishop up` on the same seven databases, a port each, with half of the buyers each; they share the secrets of
the services, and nothing else. Processor time of PostgreSQL is that of all its processes.

## Memory

Resident set of the process on SQLite, on the way; rates and cost are those since the row before.

{memory}

## Transactions

Of {counted} purchases, one after the other, by service, in the databases' own count. What writes counts: on a disk,
each such transaction is a wait. Not counted are the books of the sandbox, which stand for the world outside: one
transaction a purchase, beside those of Payments. What only reads is begun and ended with its statement, and waits for
no disk; PostgreSQL counts it as a transaction all the same, and tells them apart in the sum alone. What idle workers
ask for is left out of a purchase, and is in the last columns.

{transactions}

SQLite's count of a service can be below what its code commits, as transactions that come together share a commit.

## How long a checkout takes

Checkouts at random moments (a Poisson process), half as many a second as the shop can do at most. Each is counted from
the moment that it was meant for, so one that has to wait for others has taken that long.

{latency}

## What was there before

Two shops side by side, one with {small} orders and products, one with {scale}, asked in turns: a batch of purchases
here, the same there, and each read once here, once there. Orders have their lines, timelines, payments, ledger entries,
reservations, shipments and messages. Milliseconds: medians of one request at a time; processor time on the average of a
purchase. At most {growth_limit} times is the target.

{growth}

A search for a part of a name that few products have looks through all names: no index that both databases have finds
the middle of a word.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """All measurements."""

    scale: int
    sqlite: Sold
    postgresql: Sold
    two: Sold
    """Two processes on PostgreSQL."""
    sqlite_growth: Growth
    postgresql_growth: Growth

    @property
    def lost(self) -> int:
        """Pieces of stock of all shops that are not where they have to be."""
        return sum(abs(sold.lost) for sold in (self.sqlite, self.postgresql, self.two))

    @property
    def findings(self) -> list[str]:
        """The discrepancies in the books of any shop."""
        return [finding for sold in (self.sqlite, self.postgresql, self.two) for finding in sold.findings]


@dataclass(frozen=True, slots=True)
class Target:
    """The targets, and whether each is met."""

    what: str
    found: str
    met: bool


def targets(found: Found) -> list[Target]:
    """All of them."""
    marks = found.sqlite.marks
    last, early = marks[-1], next((mark for mark in marks if mark.purchases >= 1_000), marks[1])
    grown = last.megabytes - early.megabytes
    return [
        Target(
            f"below {LIMIT_MB} MB after {last.purchases:,} purchases",
            f"{last.megabytes:.0f} MB",
            last.megabytes < LIMIT_MB,
        ),
        Target(f"flat: at most {FLAT_MB} MB more than after {early.purchases:,}", f"{grown:+.1f} MB", grown <= FLAT_MB),
        Target("every piece of stock accounted for, on both databases", f"{found.lost} lost", found.lost == 0),
        Target(
            "the audit of the books afterwards, on both databases",
            f"{len(found.findings)} findings",
            not found.findings,
        ),
        *_transaction_targets(found),
        *_growth_targets("SQLite", found.sqlite_growth),
        *_growth_targets("PostgreSQL", found.postgresql_growth),
    ]


def _transaction_targets(found: Found) -> Iterator[Target]:
    for database, sold in ("SQLite", found.sqlite), ("PostgreSQL", found.postgresql):
        assert sold.transactions is not None
        purchase = sold.transactions.purchase
        total = purchase.get(ALL_WRITES, sum(purchase[name] for name in SERVICES if name in purchase))
        count = total - 1  # the sandbox
        what = f"at most {LIMIT_TRANSACTIONS} transactions that write for a purchase, {database}"
        yield Target(what, f"{count:.1f}", round(count, 1) <= LIMIT_TRANSACTIONS)
        if database == "PostgreSQL":
            count = sum(purchase[name] for name in SERVICES) - 1
            yield Target(
                "the same, counting what only reads too", f"{count:.1f}", round(count, 1) <= LIMIT_TRANSACTIONS
            )


def _growth_targets(database: str, grown: Growth) -> Iterator[Target]:
    for what, found in ("a purchase", grown.purchase), ("reads", grown.reads):
        name, worst = max(found.items(), key=lambda item: item[1].ratio)
        over = sum(beside.ratio > LIMIT_GROWTH for beside in found.values())
        more = f"; {over} of {len(found)} are over it" if over else ""
        yield Target(
            f"{what} at most {LIMIT_GROWTH} times as dear in the large shop, {database}",
            f"{worst.ratio:.2f} ({name}){more}",
            not over,
        )


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
        memory=_memory(found.sqlite),
        counted=counted.purchases - WARM_UP,
        transactions=_transactions(found),
        latency=_latency(found),
        small=SMALL,
        scale=f"{found.scale:,}",
        growth_limit=LIMIT_GROWTH,
        growth=_growth(found),
    )


def _rates(found: Found) -> str:
    def cells(sold: Sold) -> Sequence[str]:
        megabytes = sold.marks[-1].megabytes
        return f"{sold.rate:.0f}", f"{sold.cpu:.1f}", f"{sold.database_cpu:.1f}", f"{megabytes:.0f}"

    head = (
        "",
        "processes",
        "purchases a second",
        "processor time of the shop, ms",
        "of PostgreSQL, ms",
        "MB a process",
    )
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

    head = ("", "SQLite, writing", "PostgreSQL, reading too", "SQLite, idle, a second", "PostgreSQL, idle, a second")
    return _table(head, rows())


def _latency(found: Found) -> str:
    def cells(sold: Sold) -> Sequence[str]:
        p50, p99 = sold.percentile(0.5), sold.percentile(0.99)
        return f"{sold.rate / 2:.0f}", f"{len(sold.checkouts):,}", f"{p50:.0f}", f"{p99:.0f}"

    head = ("", "processes", "checkouts a second", "checkouts", "p50, ms", "p99, ms")
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

"""The page docs/benchmarks/purchases.md, from the results about purchases."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import psutil  # type: ignore[import-untyped]

from bench.filling import PARKED
from bench.growth import SMALL, Beside
from bench.purchases_results import LIMIT_GROWTH, Found, targets
from bench.sale import BUYERS, Sold
from bench.transactions import ALL_WRITES, SANDBOX, WARM_UP
from minishop_server.kit.settings import SERVICES

BUSY = 0.9
"""The share of the processor time from which on the machine is the limit."""

TEXT = """\
# The whole shop while it sells

Seven services run in one process (`minishop up`, responses validated, demo data). Buyers run on the same
machine, each with an account of its own, and use the published client. In a purchase, a buyer adds a product to
the cart, checks out and reads the cart: three requests, and about a dozen between the services. On SQLite each
commit waits for the disk. PostgreSQL has its default settings.

This run: {cores} processor cores ({machine}), {system}; Python {python}. To run it again on an otherwise idle
machine: `make bench`, or only this part: `.venv/bin/python -m bench.purchases` (a quarter of an hour;
`--purchases` and `--scale` make it shorter). `.venv/bin/python -m bench.pairs OTHER_CHECKOUT` compares the costs of
two checkouts, which it loads in turn.

## Targets

{targets}

## Rate and processor time

{buyers} buyers each start the next purchase immediately after the last. They use the same {cores} cores as the
shop.

{rates}

The processor time of PostgreSQL is that of all its processes. SQLite has a single writer, so it is measured with
one worker. Two workers are two processes behind one port (`minishop up --workers 2`). They make {workers_ratio:.2f}
times as many purchases a second as one.
{limit}

{cores_table}

The floor is the least that a purchase can cost in this language and with these databases: one process with bare
ASGI, uvicorn and uvloop runs the same statements in the same transactions, with the SQL of the shop
(`bench/floor.py`). It has no calls between services, no validation, no tokens and no log. A test compares its
statements and its rows with those of the shop.

Another shop is quoted and not measured in this run: Medusa 2.21 beside a Minishop, on the same PostgreSQL, with
eight shoppers on two cores.

| | purchases a second | processor time of the shop, ms |
| -- | --: | --: |
| Medusa 2.21 | 2.3 | 495 |
| Minishop | 75 | 15 |

To repeat it, create a project with `create-medusa-app`, and start it by `medusa start` on that PostgreSQL, with a
product that has enough stock. Then eight shoppers each create a cart, add the product, choose the delivery, open a
payment session and complete the cart, over and over.

## Layers

![Processor time of the shop for a purchase by layer](purchases.svg)

The processor time of the shop's process, by the module that takes it. A profiler samples the main thread by its
processor time (`bench/profiled.py`); a function in C counts as its caller. The other threads wait for the disk when
SQLite commits, and write mails. The profiler runs here alone.

## Memory

The resident set of the process on SQLite during the sale. Rate and processor time are those since the previous
row.

{memory}

## Transactions

The transactions of {counted} purchases in a row by service, as the databases count them. The important number is
that of transactions that write, because each of them waits for the disk. A transaction that only reads is one
statement and does not wait for the disk. PostgreSQL counts it too, and separates the two kinds only in the
total. The tables of the sandbox are not counted, because they represent an external provider: one transaction
for each purchase in addition to those of Payments. The polls of idle workers are not part of a purchase; the
last columns count them.

{transactions}

SQLite's count of a service can be lower than its number of commits, because simultaneous transactions share a
commit.

These are the 19 transactions of a purchase on PostgreSQL:

| | service | reads | writes |
| -- | -- | -- | -- |
| add to cart | cart | the present lines | the line |
| | catalog | the prices | |
| checkout | orders | claims of other orders | the order and its job |
| | auth | address and e-mail | |
| | cart | the lines | |
| | catalog | names and prices | the stock is held |
| | payments | | the payment; the provider's answer |
| | orders | | the order is paid, with its next jobs |
| after the payment | cart | | the pieces leave |
| | shipping | | the parcel |
| | notifications | | the message and its job; it is sent |
| | catalog | | the stock is sold |
| | orders | | the jobs are done |
| read the cart | cart | the lines | |

The target of 16 is not met because each of them is needed. Two writes in a row are in different databases, or an
external system is called between them, so they cannot share a commit without the risk of a doubled charge or mail. The
process cannot keep the results of the 7 reads, because any replica may change the rows. The floor runs the same
transactions and statements: a change that saves statements makes both cheaper, and does not improve their ratio.

## How long a checkout takes

Checkouts start at random times (a Poisson process), at half of the maximum rate. The time of a checkout begins
at its scheduled start, so it includes the time that it waits for others.

{latency}

## The effect of existing data

Two shops run at the same time, one with {small} orders and products, one with {scale}, and get the same requests
in turn: a batch of purchases each, and then each read once. The orders have lines, timelines, payments, ledger
entries, reservations, shipments and messages. Orders has {parked} parked jobs, and a tenth as many waiting jobs as
orders. The times are in milliseconds: the medians of one request at a
time, and the mean processor time of a purchase. The target is a factor of at most {growth_limit}. Each filter is
asked for a value that all rows have, few or none: the large shop has as few of them as the small one.

{growth}

A search for a word that few or no names contain reads all names, because SQLite and PostgreSQL have no common kind of
index for the middle of a word. On SQLite it runs in a thread, where it keeps no other request waiting.
"""


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

"""The database transactions of a purchase, counted by the databases themselves.

SQLite: the header of the index of a write-ahead log counts the transactions that were written to it (`iChange`,
https://www.sqlite.org/walformat.html, section 2.1). Reads are not counted as transactions there.

PostgreSQL: `pg_stat_database.xact_commit` counts all transactions of a database, and each statement that reads by
itself is one. Those that write take a number of the server's: the numbers taken tell how many they were in all.
"""

from __future__ import annotations

import asyncio
import struct
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bench.buyers import Buyer, Crowd
from bench.shops import Place, Postgres
from minishop_server.kit.settings import SERVICES

WARM_UP = 20
QUIET = 12.0
"""Seconds until each idle connection has reported its transactions (PostgreSQL: ten)."""
SANDBOX = "payments"
"""Has the books of the sandbox beside its own: a transaction for each purchase that a real provider makes elsewhere."""
ALL_WRITES = "all that write"


@dataclass(frozen=True, slots=True)
class Transactions:
    """Transactions by service for a purchase and for each idle second, and the number of counted purchases."""

    purchase: dict[str, float]
    idle: dict[str, float]
    purchases: int


async def transactions(crowd: Crowd, place: Place, purchases: int) -> Transactions:
    """The count for so many purchases one after the other, without the polls of idle workers."""
    buyer = crowd.buyers[0]
    await _buy(buyer, crowd.product, WARM_UP)
    first = await _counts(place)
    second = await _counts(place)
    await _buy(buyer, crowd.product, purchases)
    third = await _counts(place)
    idle = {name: (second.count[name] - first.count[name]) / (second.time - first.time) for name in second.count}
    spent = third.time - second.time
    return Transactions(
        {name: (third.count[name] - second.count[name] - idle[name] * spent) / purchases for name in third.count},
        idle,
        WARM_UP + purchases,
    )


async def _buy(buyer: Buyer, product: int, purchases: int) -> None:
    for _ in range(purchases):
        await buyer.purchase(product)


@dataclass(frozen=True, slots=True)
class _Counts:
    time: float
    count: Counter[str]


async def _counts(place: Place) -> _Counts:
    """The count until now, after all open work is done and counted."""
    await asyncio.sleep(QUIET if place.server else 3.0)
    now = asyncio.get_running_loop().time()
    count = _on_sqlite(place.folder) if place.server is None else _on_postgresql(place.server, place)
    return _Counts(now, count)


def _on_sqlite(folder: Path) -> Counter[str]:
    return Counter({name: _changes(folder / f"{name}.db-shm") for name in SERVICES})


def _changes(index: Path) -> int:
    (changes,) = struct.unpack_from("=8xI", index.read_bytes())
    return int(changes)


def _on_postgresql(server: Postgres, place: Place) -> Counter[str]:
    names = {str(conninfo_to_dict(url)["dbname"]): service for service, url in place.databases.items()}
    with psycopg.connect(server.url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT datname, xact_commit + xact_rollback FROM pg_stat_database WHERE datname = ANY(%s)", [list(names)]
        ).fetchall()
        taken = connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
    assert taken is not None
    counts: dict[str, int] = {names[name]: count for name, count in rows}
    return Counter({**counts, ALL_WRITES: int(taken[0])})

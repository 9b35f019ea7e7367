"""Measure the whole shop while it sells: the cost of a purchase, and its growth after many purchases.

`make bench` runs it after the request path, and it writes docs/benchmarks/purchases.md. Seven services in one process
on SQLite, and with one and two workers on PostgreSQL, as `minishop up` runs them; buyers beside it, each with an
account of its own, add a product to their cart, check out and read their cart, through the published client. It takes
a quarter of an hour on two cores, which nothing else should use; with smaller numbers it prints its results, and writes
nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bench.growth import growth
from bench.layers import layers
from bench.plot import plot_layers
from bench.progress import Progress
from bench.purchases_page import page
from bench.purchases_results import Found
from bench.sale import WARM_UP, Effort, floor, sell
from bench.shops import postgresql

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks" / "purchases.md"
PURCHASES, SCALE = 10_000, 1_000_000
MARKS = (1_000, 3_000, 5_000)
SHORT = 2_000
"""Purchases on PostgreSQL, at most: they are there for their cost, and those on SQLite for memory too."""
COUNTED, SECONDS, BATCHES = 100, 30.0, 10
PARTS = {
    "SQLite, sale": 200,
    "SQLite, floor": 20,
    "SQLite, layers": 40,
    "SQLite, growth": 130,
    "PostgreSQL, sale": 110,
    "PostgreSQL, floor": 20,
    "PostgreSQL, sale with two workers": 80,
    "PostgreSQL, layers": 40,
    "PostgreSQL, growth": 180,
}
"""Seconds that each takes on two cores, about."""


def measure(purchases: int, scale: int) -> Found:
    """All of it."""
    whole = purchases == PURCHASES
    counted, seconds, batches = (COUNTED, SECONDS, BATCHES) if whole else (COUNTED // 5, SECONDS / 5, BATCHES // 5)
    long = Effort(purchases, MARKS, counted, seconds)
    short = Effort(min(purchases, SHORT), (), counted, seconds)
    uncounted = Effort(short.purchases, (), 0, seconds)
    progress = Progress(PARTS)
    progress.begin("SQLite, sale")
    sqlite = asyncio.run(sell(None, "sqlite", 1, long))
    progress.begin("SQLite, floor")
    sqlite_floor = asyncio.run(floor(None, "floor", uncounted))
    progress.begin("SQLite, layers")
    sqlite_layers = asyncio.run(layers(None, "layers", short.purchases))
    progress.begin("SQLite, growth")
    sqlite_growth = growth(None, scale, batches)
    with postgresql() as server:
        progress.begin("PostgreSQL, sale")
        one = asyncio.run(sell(server, "one", 1, short))
        progress.begin("PostgreSQL, floor")
        postgresql_floor = asyncio.run(floor(server, "floor", uncounted))
        progress.begin("PostgreSQL, sale with two workers")
        two = asyncio.run(sell(server, "two", 2, uncounted))
        progress.begin("PostgreSQL, layers")
        postgresql_layers = asyncio.run(layers(server, "layers", short.purchases))
        progress.begin("PostgreSQL, growth")
        postgresql_growth = growth(server, scale, batches)
    return Found(
        scale=scale,
        sqlite=sqlite,
        postgresql=one,
        two=two,
        sqlite_floor=sqlite_floor,
        postgresql_floor=postgresql_floor,
        sqlite_layers=sqlite_layers,
        postgresql_layers=postgresql_layers,
        sqlite_growth=sqlite_growth,
        postgresql_growth=postgresql_growth,
    )


def main() -> int:
    """Measure and write the page, which tells the targets that are met, and return the exit code.

    It is 1 if the audit finds an error.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--purchases", type=int, default=PURCHASES, help=f"on SQLite, more than {WARM_UP}")
    parser.add_argument("--scale", type=int, default=SCALE, help="orders and products of the large shop, 100 at least")
    options = parser.parse_args()
    if options.purchases <= WARM_UP or options.scale < 100:
        parser.error("Too few.")
    found = measure(options.purchases, options.scale)
    text = page(found)
    print(text)
    if (options.purchases, options.scale) == (PURCHASES, SCALE):
        PAGE.write_text(text, encoding="utf-8")
        picture = plot_layers({"SQLite": found.sqlite_layers, "PostgreSQL": found.postgresql_layers})
        PAGE.with_suffix(".svg").write_text(picture, encoding="utf-8")
    print(*found.findings, sep="\n", file=sys.stderr)
    return int(found.lost > 0 or bool(found.findings))


if __name__ == "__main__":
    sys.exit(main())

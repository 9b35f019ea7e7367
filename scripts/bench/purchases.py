"""Measure the whole shop while it sells: memory, processor time, purchases a second.

`make bench` runs it after the request path, and it writes docs/benchmarks/purchases.md. Seven services in one process
on SQLite, as `minishop up` runs them; buyers beside it, each with an account of its own, add a product to their cart
and check out, again and again, through the published client. Memory is what the process occupies (resident set).
"""

from __future__ import annotations

import argparse
import asyncio
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil  # type: ignore[import-untyped]

from minishop_client import AsyncMinishop
from minishop_server.demo import PASSWORD

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks" / "purchases.md"
BUYERS = 8
MARKS = (0, 100, 1_000, 3_000, 5_000, 10_000)
PRICE, STOCK = 1.0, 1_000_000
LIMIT_MB = 200

TEXT = """\
# The whole shop while it sells

Seven services in one process on SQLite (`minishop up`, answers checked, demo data), and {buyers} buyers beside it on
the same machine, who add a product to their cart and check out, again and again, through the published client. Each
purchase is three requests of the shopper, and about a dozen between the services. Each commit waits for the disk.

{table}

Memory has to stay below {limit} MB after 10,000 purchases, and flat. After the last purchase the stock was {stock}, as
it has to be.

This run: {cores} processor cores ({machine}), {system}; Python {python}. To run it again: `make bench`.
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """How things stood after so many purchases."""

    purchases: int
    megabytes: float
    cpu: float
    """Seconds of processor time of the shop so far."""
    seconds: float


@contextmanager
def shop() -> Iterator[tuple[str, psutil.Process]]:
    """A fresh shop; its address and process."""
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        command = "from minishop_server.cli import main; main()"
        process = subprocess.Popen(
            [sys.executable, "-uc", command, "up", "--port=0", f"--data-dir={folder}"],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdout is not None
        try:
            yield (
                next(found[0] for line in process.stdout if (found := re.search(r"http://[0-9.:]+", line))),
                psutil.Process(process.pid),
            )
        finally:
            process.terminate()
            process.communicate()


async def sell(url: str, process: psutil.Process, purchases: int) -> tuple[list[Mark], int]:
    """Let the buyers buy; the marks on the way, and the stock that is left. Raises what a buyer meets."""
    marks: list[Mark] = []
    started = time.perf_counter()

    def mark(done: int) -> None:
        times = process.cpu_times()
        megabytes = process.memory_info().rss / 1_000_000
        marks.append(Mark(done, megabytes, times.user + times.system, time.perf_counter() - started))
        print(f"{done} purchases, {megabytes:.0f} MB, {marks[-1].seconds:.0f} s", file=sys.stderr)

    async with AsyncMinishop(url) as visitor:
        product = await visitor.login("grace", PASSWORD).catalog.create_product(name="Sold", price=PRICE, stock=STOCK)
        begun, ended = count(), count(1)

        async def buyer(number: int) -> None:
            name = f"buyer{number}"
            user = await visitor.auth.register(
                username=name, email=f"{name}@example.com", password=PASSWORD, address="1 Water Street"
            )
            own = visitor.login(name, PASSWORD)
            while next(begun) < purchases:
                await own.cart.add_cart_item(product_id=product.id, quantity=1)
                await own.orders.checkout(user_id=user.id, payment_method="credit_card")
                await own.cart.get_cart()
                done = next(ended)
                if done in MARKS or done == purchases:
                    mark(done)

        mark(0)
        await asyncio.gather(*map(buyer, range(BUYERS)))
        left = await visitor.login("grace", PASSWORD).catalog.get_product(product.id)
    return marks, left.stock


def table(marks: list[Mark]) -> Iterator[str]:
    """In Markdown; purchases a second and their cost are those since the mark before."""
    yield "| purchases | memory, MB | purchases a second | ms of processor time for a purchase |"
    yield "|--:|--:|--:|--:|"
    yield f"| 0 | {marks[0].megabytes:.0f} | | |"
    for before, after in pairwise(marks):
        new = after.purchases - before.purchases
        rate, cost = new / (after.seconds - before.seconds), (after.cpu - before.cpu) / new * 1000
        yield f"| {after.purchases} | {after.megabytes:.0f} | {rate:.0f} | {cost:.1f} |"


def main() -> int:
    """Measure and write; 1 if memory or stock is not as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--purchases", type=int, default=MARKS[-1], help="fewer are shown and not written down")
    purchases: int = parser.parse_args().purchases
    with shop() as (url, process):
        marks, left = asyncio.run(sell(url, process, purchases))
    text = TEXT.format(
        buyers=BUYERS,
        table="\n".join(table(marks)),
        limit=LIMIT_MB,
        stock=f"{left:,}",
        cores=psutil.cpu_count(),
        machine=platform.machine(),
        system=platform.system(),
        python=platform.python_version(),
    )
    print(text)
    if purchases == MARKS[-1]:
        PAGE.write_text(text, encoding="utf-8")
    return int(left != STOCK - purchases or marks[-1].megabytes >= LIMIT_MB)


if __name__ == "__main__":
    sys.exit(main())

"""Compare the costs of this checkout with those of another one, side by side in one run.

`python -m bench.pairs OTHER_CHECKOUT` starts a shop of each, by the `minishop` in its `.venv`, and loads them in turn,
round after round, so that a change of the machine affects both. The load is the same for both: that of this checkout.
It prints medians over the rounds, and the median of their ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import httpx

from bench.buyers import Crowd, crowd, in_a_row
from bench.load import load, request_bytes
from bench.processes import ROOT
from bench.results import ratios
from bench.sale import BUYERS
from bench.shops import Shop, open_shop, place, postgresql
from minishop_server.tools.demo.seed import PASSWORD

ROUNDS, PURCHASES = 5, 80
REQUESTS = 90
"""Of each buyer in a round: a line of a cart holds 100 pieces."""
PRODUCTS, ADD = "GET /catalog/products", "POST /cart/items"
REST = 1.0
"""Seconds after a measurement, in which the work after the last payments ends."""

Figures = dict[str, float]
"""The measurements of a round by name and unit."""


@dataclass(frozen=True, slots=True)
class Side:
    """A shop of one of the checkouts, with its buyers and their tokens."""

    shop: Shop
    crowd: Crowd
    tokens: list[str]

    async def figures(self, purchases: int) -> Figures:
        """One round."""
        item = b'{"product_id":%d,"quantity":1}' % self.crowd.product
        return {
            **await self._purchases(purchases),
            f"{PRODUCTS}: processor time of the shop, µs": await self._requests(PRODUCTS, b""),
            f"{ADD}: processor time of the shop, µs": await self._requests(ADD, item),
        }

    async def _purchases(self, number: int) -> Figures:
        database = self.shop.place.database_cpu
        cpu, database_cpu, started = self.shop.cpu(), database(), time.perf_counter()
        await in_a_row(self.crowd, number, lambda _: None)
        seconds = time.perf_counter() - started
        await asyncio.sleep(REST)
        found = {
            "purchases a second": number / seconds,
            "purchase: processor time of the shop, ms": (self.shop.cpu() - cpu) / number * 1e3,
        }
        if self.shop.place.server is not None:
            found["purchase: processor time of PostgreSQL, ms"] = (database() - database_cpu) / number * 1e3
        return found

    async def _requests(self, request: str, body: bytes) -> float:
        """Microseconds of processor time for each."""
        port = urlsplit(self.shop.url).port
        assert port is not None
        method, path = request.split()
        sent = [request_bytes(method, path, token, body) for token in self.tokens]
        before = self.shop.cpu()
        count = await load(port, sent, 60, REQUESTS)
        cost = (self.shop.cpu() - before) / count.requests * 1e6
        for buyer in self.crowd.buyers:
            await buyer.shop.cart.clear_cart()
        return cost


async def compare(shops: list[Shop], rounds: int, purchases: int) -> Iterator[tuple[str, list[float], list[float]]]:
    """The measurements of both shops, round by round.

    They take turns at the beginning of a round.
    """
    async with AsyncExitStack() as stack:
        sides = []
        for shop in shops:
            buyers = await stack.enter_async_context(crowd(shop.url, BUYERS))
            sides.append(Side(shop, buyers, [_token(shop, f"buyer{n}") for n in range(BUYERS)]))
        found: list[list[Figures]] = [[], []]
        for turn in range(rounds + 1):  # the first one warms up
            for index in (0, 1) if turn % 2 else (1, 0):
                found[index].append(await sides[index].figures(purchases))
    a, b = (side[1:] for side in found)
    return ((name, [each[name] for each in a], [each[name] for each in b]) for name in a[0])


def _token(shop: Shop, name: str) -> str:
    answer = httpx.post(f"{shop.url}/auth/login", json={"username": name, "password": PASSWORD})
    token: str = answer.raise_for_status().json()["access_token"]
    return token


def main() -> None:
    """Compare on both databases, and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path, help="a checkout with its own .venv")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--purchases", type=int, default=PURCHASES, help="in a round, of each shop")
    options = parser.parse_args()
    commands = [(str(checkout.resolve() / ".venv" / "bin" / "minishop"),) for checkout in (ROOT, options.other)]
    for database in "SQLite", "PostgreSQL":
        with ExitStack() as stack:
            shops = []
            for command in commands:  # a server for each, so that its processor time is that of its shop
                server = stack.enter_context(postgresql()) if database == "PostgreSQL" else None
                shops.append(stack.enter_context(open_shop(stack.enter_context(place(server)), command=command)))
            print(f"\n{database}, medians of {options.rounds} rounds\n")
            print("| | this | other | this to other |\n|---|--:|--:|--:|")
            for name, this, other in asyncio.run(compare(shops, options.rounds, options.purchases)):
                print(f"| {name} | {median(this):.1f} | {median(other):.1f} | {median(ratios(this, other)):.2f} |")


if __name__ == "__main__":
    main()

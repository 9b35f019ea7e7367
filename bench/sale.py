"""One shop that sells: as fast as it can, then one purchase after the other, then at half its rate."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from bench.buyers import STOCK, Crowd, at_a_rate, crowd, crowd_of_floor, in_a_row
from bench.shops import Postgres, Shop, open_floor, open_shop, place
from bench.transactions import Transactions, transactions
from minishop_server.tools.audit.command import look

BUYERS, WAITING = 8, 32
"""Those who buy again at once, and those who are there for a checkout at its moment."""
WARM_UP = 100
"""Purchases that no rate and no cost counts."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure."""

    purchases: int
    marks: Sequence[int]
    counted: int
    """The number of purchases whose transactions are counted, or 0 to count none."""
    seconds: float
    """Of checkouts at half the rate."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The state after a number of purchases, with the seconds (also of processor time) since the beginning."""

    purchases: int
    megabytes: float
    cpu: float
    database_cpu: float
    buyers_cpu: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Sold:
    """The results of one shop."""

    marks: list[Mark]
    transactions: Transactions | None
    checkouts: list[float]
    """Seconds that each took at half the rate, sorted."""
    lost: int
    """Pieces that are gone and were not bought, or the other way round."""
    findings: Sequence[str]
    """The findings of the audit in the books of all services afterwards."""

    @property
    def rate(self) -> float:
        """Purchases a second, after the first ones."""
        first, last = self._measured()
        return (last.purchases - first.purchases) / (last.seconds - first.seconds)

    @property
    def cpu(self) -> float:
        """Milliseconds of the shop's processor time for a purchase."""
        first, last = self._measured()
        return (last.cpu - first.cpu) / (last.purchases - first.purchases) * 1000

    @property
    def database_cpu(self) -> float:
        """Milliseconds of PostgreSQL's."""
        first, last = self._measured()
        return (last.database_cpu - first.database_cpu) / (last.purchases - first.purchases) * 1000

    @property
    def cores(self) -> tuple[float, float, float]:
        """The number of processor cores that the shop, PostgreSQL and the buyers kept busy."""
        first, last = self._measured()
        spent = last.cpu - first.cpu, last.database_cpu - first.database_cpu, last.buyers_cpu - first.buyers_cpu
        shop, database, buyers = (each / (last.seconds - first.seconds) for each in spent)
        return shop, database, buyers

    def percentile(self, part: float) -> float:
        """Milliseconds that so large a part of the checkouts took, or less."""
        return self.checkouts[min(int(len(self.checkouts) * part), len(self.checkouts) - 1)] * 1000

    def _measured(self) -> tuple[Mark, Mark]:
        return next(mark for mark in self.marks if mark.purchases == WARM_UP), self.marks[-1]


async def sell(server: Postgres | None, name: str, workers: int, effort: Effort) -> Sold:
    """Open a new shop and let it sell.

    Raises the errors of its buyers.
    """
    with ExitStack() as stack:
        where = stack.enter_context(place(server, name))
        shop = stack.enter_context(open_shop(where, workers))
        async with crowd(shop.url, WAITING) as everybody:
            marks = await _marks(shop, everybody, effort)
            counted = await transactions(everybody, where, effort.counted) if effort.counted else None
            sold = Sold(marks, counted, [], 0, [])
            checkouts = await at_a_rate(everybody, sold.rate / 2, effort.seconds)
            bought = effort.purchases + len(checkouts) + (counted.purchases if counted else 0)
            lost = STOCK - bought - await everybody.stock()
            _, findings = await look(everybody.admin, limit=60, patience=30)
            return Sold(marks, counted, checkouts, lost, [*map(str, findings)])


async def floor(server: Postgres | None, name: str, effort: Effort) -> Sold:
    """The same purchases at the floor (bench/floor.py), for their rate and cost alone."""
    with ExitStack() as stack:
        where = stack.enter_context(place(server, name))
        shop = stack.enter_context(open_floor(where))
        async with crowd_of_floor(shop, BUYERS) as everybody:
            return Sold(await _marks(shop, everybody, effort), None, [], 0, [])


async def _marks(shop: Shop, everybody: Crowd, effort: Effort) -> list[Mark]:
    """Let the first of them buy as fast as they can."""
    marks = [_mark(shop, 0, time.perf_counter())]
    started = time.perf_counter()

    def done(purchases: int) -> None:
        if purchases in (WARM_UP, effort.purchases, *effort.marks):
            marks.append(_mark(shop, purchases, started))

    await in_a_row(everybody.some(BUYERS), effort.purchases, done)
    return marks


def _mark(shop: Shop, purchases: int, started: float) -> Mark:
    seconds = time.perf_counter() - started
    mark = Mark(purchases, shop.megabytes(), shop.cpu(), shop.place.database_cpu(), time.process_time(), seconds)
    print(f"{purchases} purchases, {mark.megabytes:.0f} MB, {seconds:.0f} s", file=sys.stderr)
    return mark

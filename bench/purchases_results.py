"""The results about purchases, and their targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.growth import Growth
from bench.layers import Layers
from bench.sale import Sold
from bench.transactions import ALL_WRITES
from minishop_server.kit.settings import SERVICES

LIMIT_MB, FLAT_MB, LIMIT_FLOOR, LIMIT_TRANSACTIONS, LIMIT_GROWTH = 200, 5, 2, 12, 1.2


@dataclass(frozen=True, slots=True)
class Found:
    """All measurements."""

    scale: int
    sqlite: Sold
    postgresql: Sold
    two: Sold
    """Two workers on PostgreSQL."""
    sqlite_floor: Sold
    postgresql_floor: Sold
    sqlite_layers: Layers
    postgresql_layers: Layers
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
        *_floor_targets(found),
        *_transaction_targets(found),
        *_growth_targets("SQLite", found.sqlite_growth),
        *_growth_targets("PostgreSQL", found.postgresql_growth),
    ]


def _floor_targets(found: Found) -> Iterator[Target]:
    pairs = ("SQLite", found.sqlite, found.sqlite_floor), ("PostgreSQL", found.postgresql, found.postgresql_floor)
    for database, sold, floor in pairs:
        times = sold.cpu / floor.cpu
        what = f"processor time of a purchase: at most {LIMIT_FLOOR} times the floor, {database}"
        yield Target(what, f"{times:.2f} ({sold.cpu:.1f} ms to {floor.cpu:.1f} ms)", times <= LIMIT_FLOOR)


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
                "the same, including transactions that only read", f"{count:.1f}", round(count, 1) <= LIMIT_TRANSACTIONS
            )


def _growth_targets(database: str, grown: Growth) -> Iterator[Target]:
    for what, found in ("a purchase", grown.purchase), ("reads", grown.reads):
        name, worst = max(found.items(), key=lambda item: item[1].ratio)
        over = sum(beside.ratio > LIMIT_GROWTH for beside in found.values())
        more = f"; {over} of {len(found)} exceed it" if over else ""
        yield Target(
            f"{what} at most {LIMIT_GROWTH} times as expensive in the large shop, {database}",
            f"{worst.ratio:.2f} ({name}){more}",
            not over,
        )

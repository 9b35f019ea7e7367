"""Findings, and the parts of rules that several have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson

from ...kit.clock import unix_time


@dataclass(frozen=True, slots=True)
class Finding:
    """A discrepancy: the service whose book it is in, its subject, and the reason."""

    service: str
    subject: str
    what: str

    def __str__(self) -> str:
        return f"{self.service}: {self.subject}: {self.what}"


def oldest(limit: timedelta) -> float:
    """The Unix time before which a record is older than the limit."""
    return unix_time() - limit.total_seconds()


def moment(time: int) -> datetime:
    """The time of a record."""
    return datetime.fromtimestamp(time, UTC)


def money(amount: int) -> str:
    """An amount of cents as a text."""
    return f"{amount / 100:.2f}"


def pieces_of(lines: str) -> Counter[int]:
    """The quantity of each product."""
    pieces: Counter[int] = Counter()
    for product_id, quantity in orjson.loads(lines):
        pieces[product_id] += quantity
    return pieces

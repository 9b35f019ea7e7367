"""Money, time and ids, as they stand in the contract and in the databases."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any


def cents(amount: Decimal | float) -> int:
    """Integer cents of an amount with at most two decimals."""
    return round(amount * 100)


def amount(cents: int) -> float:
    """The JSON number of integer cents: 9998 is 99.98."""
    return cents / 100


def bare_key(key: str) -> str:
    """An `Idempotency-Key` without the quotes that a structured header has around it (RFC 8941, section 3.3.3)."""
    return key[1:-1] if len(key) > 2 and key[0] == key[-1] == '"' else key


def now() -> str:
    """The time in UTC, RFC 3339, to the second: text that sorts by time in any database."""
    return moment(time.time())


def moment(seconds: float) -> str:
    """The same for a time in seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_of(moment: str) -> float:
    """Seconds since 1970 of such a text."""
    return datetime.fromisoformat(moment).timestamp()


def digest(*values: Any) -> str:
    """Tells one request from another without keeping what it says."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a table's row numbers become the ids of the contract.

    Rows count from 1 in both databases; the ids from where the documented examples begin.
    """

    prefix: str
    first: int

    def id(self, row: int) -> str:
        """Row 1 of orders is `ORD-101`."""
        return f"{self.prefix}-{self.number(row)}"

    def number(self, row: int) -> int:
        """Row 1 of orders has the number 101."""
        return row + self.first - 1

    def row(self, id: str) -> int:
        """The row of an id; below 1 where there can be none."""
        return self.row_of_number(int(id.removeprefix(f"{self.prefix}-")))

    def row_of_number(self, number: int) -> int:
        """The row that has a number; below 1 where there can be none."""
        return number - self.first + 1


ORDERS = Numbering("ORD", 101)

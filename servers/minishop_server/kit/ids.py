"""The ids of the contract, for example `ORD-101`, and the numbers of rows behind them.

Each kind is a type of its own, so that mypy finds where one is taken for another; at run time they are texts and
numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, NewType, TypeVar

UserId = NewType("UserId", int)
ProductId = NewType("ProductId", int)
OrderId = NewType("OrderId", str)
"""`ORD-101`."""
OrderNumber = NewType("OrderNumber", int)
"""The row of an order: that of `ORD-101` is 1."""
OrderIdentity = NewType("OrderIdentity", str)
"""Tells an order apart from another one of its number (see order_identity.py)."""
PaymentId = NewType("PaymentId", str)
TrackingId = NewType("TrackingId", str)
SessionId = NewType("SessionId", str)

Id = TypeVar("Id", bound=str)
Number = TypeVar("Number", bound=int)


@dataclass(frozen=True, slots=True)
class Numbering(Generic[Id, Number]):
    """How a table's row numbers become the ids of the contract, and of which types both are.

    Rows count from 1 in both databases; the ids from where the documented examples begin.
    """

    prefix: str
    first: int
    as_id: Callable[[str], Id]
    as_row: Callable[[int], Number]

    def id(self, row: Number) -> Id:
        """Row 1 of orders is `ORD-101`."""
        return self.as_id(f"{self.prefix}-{self.number(row)}")

    def number(self, row: Number) -> int:
        """Row 1 of orders has the number 101."""
        return row + self.first - 1

    def row(self, id: Id) -> Number:
        """The row of an id, below 1 if there can be none."""
        return self.row_of_number(int(id.removeprefix(f"{self.prefix}-")))

    def row_of_number(self, number: int) -> Number:
        """The row of a number, below 1 if there can be none."""
        return self.as_row(number - self.first + 1)


ORDERS = Numbering("ORD", 101, OrderId, OrderNumber)

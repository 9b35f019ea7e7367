"""The ids of the contract, such as `ORD-101`, and the numbers of rows behind them."""

from __future__ import annotations

from dataclasses import dataclass


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

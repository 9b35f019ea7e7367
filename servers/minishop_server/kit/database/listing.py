"""Pages of a list: the statement has the conditions of the filters that are there, and reads few rows for them.

Each list has an index for its order, and one for each combination of filters by equality. A condition like
`$1 IS NULL OR actor = $1` for all cases would hide the index from SQLite. The limit is a number in the statement, as
PostgreSQL expects a tenth of all rows for an argument.

A range of one column in the order of another has no such index, as a B-tree sorts its entries one way. The first `FEW`
rows of the range are counted by its own index. If they are all, they are read and sorted. Otherwise the list is read in
its order, and other rows are left out. That takes long only if all rows of a large range are at the end of the list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from operator import ge, le, lt
from typing import Any

from .protocols import Database, R, columns

FEW = 1_000
"""Rows that are read and sorted in 1 ms."""
COMPARISONS = {"<": lt, "<=": le, ">=": ge}


class Listing:
    """A page of the rows of a table.

    Args:
        row: the type of the rows, which names the columns to read.
        order: the columns that the list is ordered by, the last of them unique.
        after: the values of these columns in the row after which the page begins.
        always: conditions without values, by which all indexes of the list begin.
    """

    def __init__(
        self,
        table: str,
        row: type[Any],
        order: Sequence[str] = ("id",),
        *,
        descending: bool = False,
        after: Sequence[object] | None = None,
        always: Sequence[str] = (),
    ) -> None:
        self._table, self._columns = table, columns(row)
        self._order, self._descending, self._after = order, descending, after
        self._always = always
        self._conditions: list[tuple[str, object]] = []
        self._ranges: list[tuple[str, str, Any]] = []
        """Of a column that the list is not ordered by."""
        self._ids: Collection[int] | None = None

    def where(self, condition: str, value: object) -> None:
        """Keep the rows that meet a condition with `{}` for a value, or all rows if the value is None."""
        if value is not None:
            self._conditions.append((condition, value))

    def of_kind(self, column: str, value: str | None) -> None:
        """Keep the rows with one of the few values that a column has, or all rows if it is None.

        The value is a part of the statement. PostgreSQL plans once for all values of an argument, and would read the
        whole table for a rare one.
        """
        if value is not None:
            if not re.fullmatch("[a-z_]+", value):
                raise ValueError("This value has to be an argument.")
            self._conditions.append((f"{column} = '{value}'", None))

    def within(self, column: str, comparison: str, value: Any) -> None:
        """Keep the rows whose column compares so with a value, or all rows if the value is None."""
        if value is None:
            return
        if column != self._order[0]:
            self._ranges.append((column, comparison, value))
            return
        if self._after is not None and (comparison[0] == "<") == self._descending:
            first: Any = self._after[0]
            if COMPARISONS[comparison](first, value):
                return  # all rows after that one are within the range
            self._after = None  # SQLite would begin at either of two such conditions, also at the one farther away
        self._conditions.append((f"{column} {comparison} {{}}", value))

    def among(self, ids: Collection[int] | None) -> None:
        """Keep the rows of these ids, at most `FEW`, or all rows if they are None."""
        self._ids = ids

    async def page(self, database: Database, row: type[R], limit: int) -> list[R]:
        """The rows in their order."""
        args: list[object] = []
        source, where = self._table, list[str]()
        if self._ids is not None:
            ids = f"id IN ({', '.join(_place(args, id) for id in self._ids)})"
            source = self._few(" AND ".join([*self._always, ids, *self._within(args, indexed=False)]), self._columns)
        elif self._ranges and await self._are_few(database):
            source = self._few(self._range(args), self._columns)
        else:
            where = [*self._always, *self._within(args, indexed=False)]
        for condition, value in self._conditions:
            where.append(condition if value is None else condition.format(_place(args, value)))
        if self._after is not None:
            place = ", ".join(_place(args, value) for value in self._after)
            where.append(f"({', '.join(self._order)}) {'<' if self._descending else '>'} ({place})")
        return await database.fetch(
            row,
            f"""
            SELECT {self._columns}
            FROM {source}
            WHERE {" AND ".join(where) or "TRUE"}
            ORDER BY {", ".join(f"{column} DESC" if self._descending else column for column in self._order)}
            LIMIT {limit:d}
            """,
            *args,
        )

    async def _are_few(self, database: Database) -> bool:
        args: list[object] = []
        few = self._few(self._range(args), "1")
        count = await database.fetchval(int, f"SELECT COUNT(*) FROM {few}", *args)
        return count is not None and count < FEW

    def _range(self, args: list[object]) -> str:
        # In its order: PostgreSQL would read the whole table to find so many rows of a range that may have fewer.
        return f"{' AND '.join([*self._always, *self._within(args)])} ORDER BY {self._ranges[0][0]}"

    def _few(self, where: str, columns: str) -> str:
        return f"(SELECT {columns} FROM {self._table} WHERE {where} LIMIT {FEW}) AS few"

    def _within(self, args: list[object], *, indexed: bool = True) -> list[str]:
        """The conditions of ranges, or a form of them that no index of the column finds."""
        found = []
        for column, comparison, value in self._ranges:
            if not indexed:
                nothing = "|| ''" if isinstance(value, str) else "+ 0"
                # PostgreSQL believes that almost no row is within two limits of the same expression.
                column = f"{column} {nothing}" if comparison[0] == "<" else f"{column} {nothing} {nothing}"
            found.append(f"{column} {comparison} {_place(args, value)}")
        return found


def _place(args: list[object], value: object) -> str:
    args.append(value)
    return f"${len(args)}"

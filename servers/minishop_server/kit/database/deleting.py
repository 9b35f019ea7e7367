"""Deletes any number of rows without a long statement."""

from __future__ import annotations

from .protocols import Database

PART = 500
"""Rows that one transaction deletes, in about 5 ms on SQLite, where it holds the event loop."""


async def delete_in_parts(database: Database, table: str, key: str, where: str, *args: object) -> None:
    """Delete the rows of a table, in one transaction after the other.

    Args:
        key: the columns that identify a row.
        where: the condition, or `JOIN … ON … WHERE …` for one of another table.
    """
    rows = f"SELECT {key} FROM {table} {where} LIMIT {PART}"
    while await database.execute(f"DELETE FROM {table} WHERE ({key}) IN ({rows})", *args) == PART:
        pass

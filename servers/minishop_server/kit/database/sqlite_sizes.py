"""The number of rows of SQLite's tables, for the metrics: a count would read a whole table."""

from __future__ import annotations

from collections.abc import Collection

MOST_COUNTED = 1_000
"""Rows of a table that are counted, which takes microseconds."""


def sizes_of(tables: Collection[str]) -> str:
    """The statement that reads the sizes of these tables.

    The size of a large table is the distance from its first row to its last, which includes the gaps that deleted rows
    left. Retention deletes the oldest rows, so there are few.
    """
    return " UNION ALL ".join(map(_size_of, tables))


def _size_of(table: str) -> str:
    return f"""
        SELECT
            '{table}' AS name,
            CASE
                WHEN counted < {MOST_COUNTED} THEN counted
                ELSE (SELECT MAX(rowid) FROM {table}) - (SELECT MIN(rowid) FROM {table}) + 1
            END AS number
        FROM (SELECT COUNT(*) AS counted FROM (SELECT 1 FROM {table} LIMIT {MOST_COUNTED}) AS first) AS few
    """

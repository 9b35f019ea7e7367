"""Figures as tables: one of operations, and one of open work."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table

from .figures import STATES, Figures, Requests

OPERATIONS = "service", "operation", "per second", "p50 ms", "p99 ms", "errors"
WORK = "service", "work", *STATES, "oldest s"
Rows = list[tuple[str, ...]]


def rows_of_operations(now: Figures, before: Figures, seconds: float) -> Rows:
    """The operations that were called since the figures before, the most frequent first."""
    none = Requests()
    calls = {key: made.since(before.requests.get(key, none)) for key, made in now.requests.items()}
    busy = sorted(((key, made) for key, made in calls.items() if made.number > 0), key=lambda each: -each[1].number)
    return [
        (
            *key,
            f"{made.number / seconds:.2f}",
            f"{1000 * made.quantile(0.5):.1f}",
            f"{1000 * made.quantile(0.99):.1f}",
            f"{made.failed:.0f}",
        )
        for key, made in busy
    ]


def rows_of_work(now: Figures) -> Rows:
    """The kinds of work of which there is some, the oldest first."""
    some = [(key, states) for key, states in now.work.items() if any(states.values())]
    return [
        (*key, *(f"{states.get(state, 0):.0f}" for state in STATES), f"{now.oldest.get(key, 0):.0f}")
        for key, states in sorted(some, key=lambda each: -now.oldest.get(each[0], 0))
    ]


def plain(operations: Rows, work: Rows) -> str:
    """Both tables as columns of words, separated by spaces, each with a line of titles."""
    return "\n\n".join(_columns(titles, rows) for titles, rows in ((OPERATIONS, operations), (WORK, work)))


def _columns(titles: Sequence[str], rows: Rows) -> str:
    lines = [tuple(title.replace(" ", "_") for title in titles), *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def drawn(operations: Rows, work: Rows, most: int, note: str) -> Group:
    """Both tables for a terminal, with up to `most` rows."""
    tables = []
    for titles, rows in (OPERATIONS, operations), (WORK, work):
        table = Table(caption=note if titles is WORK else None, caption_justify="left")
        for title in titles:
            table.add_column(title, justify="left" if title in ("service", "operation", "work") else "right")
        for row in rows[:most]:
            table.add_row(*row)
        most -= len(rows[:most])
        tables.append(table)
    return Group(*tables)

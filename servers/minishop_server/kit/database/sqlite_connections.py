"""Connections to a file of SQLite: statements run on the event loop, and reads that take long in a thread."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import structlog

from ..clock import monotonic
from .protocols import R

SHORT_STEPS = 50_000
"""The steps of SQLite that a read may take on the event loop: 2 to 5 ms."""
BETWEEN_CHECKS = 1_000
"""Steps after which SQLite asks whether to go on, on the event loop."""
BETWEEN_CHECKS_IN_THREAD = 10_000
"""More, because the answer needs the GIL."""
GUARD = "FROM (SELECT 1)"
"""Replaces `FROM guard` in a statement that runs only if its guard changed a row."""


class SqliteConnection:
    """Runs statements where it is called: even fifty rows take less time than the way to a thread and back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    async def fetch(self, row: type[R], sql: str, *args: Any) -> list[R]:
        return await self._rows(sql, args)

    async def fetchrow(self, row: type[R], sql: str, *args: Any) -> R | None:
        rows: list[R] = await self._rows(sql, args)  # to the end: an open cursor would hold on to its snapshot
        return rows[0] if rows else None

    async def fetchval(self, value: type[R], sql: str, *args: Any) -> R | None:
        rows = await self._rows(sql, args)
        found: R | None = rows[0][0] if rows else None
        return found

    async def execute(self, sql: str, *args: Any) -> int:
        return self.run(sql, args).rowcount

    async def fetchrow_guarded(self, row: type[R], guard: str, change: str, *args: Any) -> R | None:
        found = await self.fetchrow(row, guard, *args)
        if found is not None:
            await self.execute(change.replace("FROM guard", GUARD), *args)
        return found

    def run(self, sql: str, args: tuple[Any, ...]) -> sqlite3.Cursor:
        """Every statement passes here."""
        text, order = _positional(sql)
        return self.connection.execute(text, [args[index] for index in order])

    async def _rows(self, sql: str, args: tuple[Any, ...]) -> list[Any]:
        return self.run(sql, args).fetchall()


class SqliteReader(SqliteConnection):
    """Reads the last commit, and holds up the event loop for a few milliseconds at the most.

    A read that takes more than `SHORT_STEPS` is given up, and begins anew in a thread, on a connection of its own. The
    long reads of a file take turns there, so that they use one processor core. Whether a read is long depends on its
    values, so the statement cannot tell beforehand: a search for a frequent word ends after a few rows.

    Args:
        path: the file.
        seconds: the time limit of a read, including the time that it waits for its turn.
    """

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__(open_file(path, "PRAGMA query_only = ON"))
        self.connection.set_progress_handler(self._is_long, BETWEEN_CHECKS)
        self._path, self._seconds = path, seconds
        self._checks = 0
        self._thread = ThreadPoolExecutor(1, "sqlite-read")
        self._long: SqliteConnection | None = None
        self._closing = False

    async def _rows(self, sql: str, args: tuple[Any, ...]) -> list[Any]:
        self._checks = SHORT_STEPS // BETWEEN_CHECKS
        try:
            return self.run(sql, args).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
        structlog.get_logger().debug("long_statement", statement=" ".join(sql.split()))
        until = monotonic() + self._seconds
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._read_long, sql, args, until)

    async def close(self) -> None:
        """End reads that still run, and close both connections."""
        self._closing = True
        self.connection.close()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close_long)
        self._thread.shutdown(wait=False)

    def _is_long(self) -> bool:
        self._checks -= 1
        return self._checks < 0

    def _read_long(self, sql: str, args: tuple[Any, ...], until: float) -> list[Any]:
        if self._long is None:
            self._long = SqliteConnection(open_file(self._path, "PRAGMA query_only = ON"))
        self._long.connection.set_progress_handler(
            lambda: self._closing or monotonic() > until, BETWEEN_CHECKS_IN_THREAD
        )
        return self._long.run(sql, args).fetchall()

    def _close_long(self) -> None:
        if self._long is not None:
            self._long.connection.close()


def open_file(path: str, *pragmas: str) -> sqlite3.Connection:
    """A connection, with these pragmas in addition to those of all connections."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False, cached_statements=64)
    connection.row_factory = sqlite3.Row
    # 256 KiB of pages for each of a shop's fourteen connections, not 2 MiB: the system caches the files anyway.
    # Deleted data is overwritten with zeros, on free pages too: sent mail, used payment tokens.
    for pragma in ("PRAGMA cache_size = -256", "PRAGMA foreign_keys = ON", "PRAGMA secure_delete = ON", *pragmas):
        connection.execute(pragma)
    return connection


@lru_cache(maxsize=1024)
def _positional(sql: str) -> tuple[str, list[int]]:
    """The statement with `?` for each `$n`, and which argument each of them takes: cheaper to bind than names."""
    order: list[int] = []

    def place(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        order.append(int(found[1]) - 1)
        return "?"

    return re.sub(r"'[^']*'|\$(\d+)", place, sql), order

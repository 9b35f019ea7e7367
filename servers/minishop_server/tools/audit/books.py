"""The records of a shop in a temporary database, so that an audit needs no more memory for more of them."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Self

TABLES = {
    "users": "id INTEGER",
    "stock": "product_id INTEGER, on_hand INTEGER, reserved INTEGER, sold INTEGER, received INTEGER",
    "reservations": "order_id, identity, status, lines",
    "carts": "user_id INTEGER, bought INTEGER, excess INTEGER, lines",
    "orders": (
        "order_id, identity, user_id INTEGER, status, owed INTEGER, lines, pieces INTEGER, holds_stock, must_ship,"
        " must_tell, left_cart, open_work, updated_at INTEGER, payment_id"
    ),
    "work": "order_id, kind, attempts, error",
    "payments": "payment_id, order_id, identity, state, captured INTEGER, refunded INTEGER",
    "ledger": "payment_id, kind, amount INTEGER",
    "shipments": "tracking_id, order_id, identity, status, user_id INTEGER",
    "moves": "tracking_id, order_id, status, timestamp INTEGER",
    "messages": "id INTEGER, key, status, timestamp INTEGER",
}
"""The columns of each book that the rules compare.

Amounts are in cents and times in Unix seconds. `lines` are JSON arrays of a product and a quantity. The
`identity` is that of the order, or its number if the record was created by hand.
"""
INDEXES = (
    "users (id)",
    "stock (product_id)",
    "reservations (identity)",
    "carts (user_id)",
    "orders (identity)",
    "orders (user_id)",
    "payments (payment_id)",
    "payments (identity)",
    "ledger (payment_id)",
    "shipments (identity)",
    "moves (tracking_id)",
    "messages (key)",
)
CACHE = 32_000
"""Kilobytes of the database that stay in memory."""


class Books:
    """All books of a shop, in a file that SQLite deletes when it is closed.

    Leaving its block raises OSError if the folder of temporary files was full.
    """

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)  # without a name, the file is a temporary one
        # The whole audit is one transaction without a commit, because the file is deleted afterwards.
        for sql in f"PRAGMA cache_size = -{CACHE}", "PRAGMA journal_mode = OFF", "BEGIN":
            self._connection.execute(sql)
        for name, columns in TABLES.items():
            self._connection.execute(f"CREATE TABLE {name} ({columns})")

    def add(self, book: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Append entries, with the columns of TABLES, to a book."""
        places = ", ".join("?" * (TABLES[book].count(",") + 1))
        self._connection.executemany(f"INSERT INTO {book} VALUES ({places})", rows)

    def index(self) -> None:
        """Prepare the comparisons, once all entries are there."""
        for number, columns in enumerate(INDEXES):
            self._connection.execute(f"CREATE INDEX index_{number} ON {columns}")

    def rows(self, sql: str, **values: object) -> Iterator[Any]:
        """The rows of a query, read while the caller takes them."""
        return self._connection.execute(sql, values)

    def counts(self) -> dict[str, int]:
        """The number of entries of each book, and of the failed messages if there are some."""
        counts = {name: self._count(name) for name in TABLES}
        failed = self._count("messages WHERE status = 'failed'")
        return {**counts, "failed messages": failed} if failed else counts

    def _count(self, entries: str) -> int:
        ((count,),) = self.rows(f"SELECT COUNT(*) FROM {entries}")
        return int(count)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            folder = os.environ.get("SQLITE_TMPDIR") or os.environ.get("TMPDIR") or "/var/tmp"
            raise OSError(errno.ENOSPC, f"{os.strerror(errno.ENOSPC)}; set TMPDIR to another folder", folder) from error

"""The errors of SQLite that are no fault of ours, as refusals."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import structlog

from ..problems import Conflict, Unavailable
from .protocols import CLOSING

if TYPE_CHECKING:
    from .sqlite import SqliteDatabase

CONFLICTS = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}
FULL = "the disk is full"
OUTAGES = {
    sqlite3.SQLITE_INTERRUPT,  # a statement that took too long
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}


class BrokenFile(Exception):
    """SQLite's message for a file that it cannot open, which contains nothing else yet."""


class FileOutage(Unavailable):
    """A file that cannot be read or written now, for example on a full disk.

    The reason names the file.
    """


class Translated:
    """Turns an unavailable file into a 503 and a duplicate value into a 409.

    A wrong statement remains an error.
    """

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def __enter__(self) -> None:
        """Nothing: a read of a closed connection fails, and a transaction under way may end."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if not isinstance(error, sqlite3.DatabaseError):
            return
        database = self._database
        if database.is_closing:
            raise Unavailable(CLOSING) from error
        code = getattr(error, "sqlite_errorcode", None)  # the kind is in the low byte of an extended code
        if code in CONFLICTS:
            raise Conflict("Another request has just taken that value.") from error
        if code is not None and code & 0xFF in OUTAGES:
            database.is_full = database.is_full or code & 0xFF == sqlite3.SQLITE_FULL
            why = FULL if code & 0xFF == sqlite3.SQLITE_FULL else str(error)
            structlog.get_logger().error("database_unavailable", cause=type(error).__name__, why=why)
            told = f"{why.capitalize()}." if why == FULL else "The database does not answer."
            raise FileOutage(told, reason=f"{database.path}: {why}") from error

"""Copies of SQLite files that all show one moment, made while other processes write to the files.

The write locks of all files are taken, a read transaction is begun on each, and the locks are released. In WAL mode the
read transactions then show the moment of the locks for as long as the copies take, and the writers go on. A writer
waits for a few milliseconds. Until the copies are done, the WAL of each file grows, because SQLite must not overwrite
pages of the snapshot.
"""

from __future__ import annotations

import errno
import os
import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from time import sleep

from ..clock import monotonic
from ..problems import Unavailable
from .sqlite_errors import BrokenFile

TURN_SECONDS = 0.25
"""Seconds until write locks are released again, if the others are not had."""
BETWEEN_TRIES = 0.0005
PAGES = 2_048
"""The pages that are copied between two looks for Ctrl-C."""


@contextmanager
def snapshots(paths: Sequence[Path], seconds: float) -> Iterator[list[sqlite3.Connection]]:
    """A connection to each file; all show the same moment while the block lasts.

    Args:
        seconds: the time limit for the write locks.

    Raises:
        Unavailable: the write locks were not had in time.
        BrokenFile: a file is missing, is no database of SQLite, or may not be written.
    """
    with ExitStack() as stack:
        writers = {path: stack.enter_context(closing(_open(path))) for path in paths}
        readers = {path: stack.enter_context(closing(_open(path))) for path in paths}
        until = monotonic() + seconds
        while not _stop_writers(writers):
            if monotonic() > until:
                raise Unavailable(f"The writers could not be stopped within {seconds:g} seconds. Try again.")
            sleep(random.uniform(0.5, 1.0) * TURN_SECONDS)
        try:
            for path, reader in readers.items():
                with _named(path):
                    reader.execute("BEGIN")
                    reader.execute("SELECT COUNT(*) FROM sqlite_schema").fetchall()  # the first read takes the snapshot
        finally:
            for writer in writers.values():
                writer.rollback()
        yield list(readers.values())


def copy_to(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the state that a connection shows into a new file, which only its owner can read.

    Raises:
        OSError: the file cannot be written, for example on a full disk.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            connection.backup(copy, pages=PAGES)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise
        full = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL
        code = errno.ENOSPC if full else errno.EIO
        raise OSError(code, os.strerror(code), str(path)) from error
    sync(path)


def require_sound(path: Path) -> None:
    """Check the structure of a file that no process has open.

    Raises:
        BrokenFile: the file is damaged.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    with _named(path), closing(connection):
        ((found,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
    if found != "ok":
        raise BrokenFile(f"{path}: {found}")


def schema_of(connection: sqlite3.Connection) -> str | None:
    """The number of the newest revision of a schema, or None if there is no schema."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return None
    return str(row[0]) if row is not None else None


def highest_row(path: Path, table: str) -> int | None:
    """The highest number that a file has assigned, or None if the file cannot be read.

    It works on a file that is missing or damaged, as after an accident.
    """
    with suppress(sqlite3.Error, BrokenFile), closing(_open(path)) as connection:
        row = connection.execute(f"SELECT MAX(floor, known, COALESCE((SELECT MAX(id) FROM {table}), 0)) FROM numbers")
        return int(row.fetchone()[0])
    return None


def sync(path: Path) -> None:
    """Let a file, or the names in a folder, survive a power failure."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open(path: Path) -> sqlite3.Connection:
    """A connection to an existing file that is a database."""
    with _named(path):
        uri = f"{path.absolute().as_uri()}?mode=rw"  # does not create a file
        connection = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)
        connection.execute("PRAGMA secure_delete = ON")
        return connection


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite in the block into a BrokenFile with the name of the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise BrokenFile(f"{path}: {error}") from error


def _stop_writers(writers: Mapping[Path, sqlite3.Connection]) -> bool:
    """Take the write lock of each file, or none of them if that takes too long."""
    until = monotonic() + TURN_SECONDS
    for path, writer in writers.items():
        with _named(path):
            while not _locked(writer):
                if monotonic() > until:
                    for each in writers.values():
                        each.rollback()
                    return False
                sleep(BETWEEN_TRIES)
    return True


def _locked(writer: sqlite3.Connection) -> bool:
    try:
        writer.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True

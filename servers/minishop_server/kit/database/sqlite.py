"""SQLite: a file in WAL mode, one writer."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

import structlog

from ..clock import monotonic, unix_time
from ..problems import Conflict, Unavailable
from ..settings import DatabaseSettings
from .protocols import CLOSING, Connection, R
from .sqlite_connections import SqliteConnection, SqliteReader, open_file

LOCK_SECONDS = 10
"""How long a write waits for another process that writes to the same file."""
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


class SqliteDatabase:
    """A file, with one connection that writes and one that reads beside it (WAL), both on the event loop.

    Reads that take long go to a thread, as `SqliteReader` says. `COMMIT` goes to another, since it waits for the disk;
    transactions that queue up meanwhile share the next one, each in a savepoint of its own, and are answered when it
    is done.

    Measured (2 cores; POST /cart/items for 16 callers at once, without HTTP): 125 µs of processor time each, 310 with a
    commit in a thread for every transaction, 150 with every commit on the loop. On the loop, though, eight shoppers in
    the whole shop kept another request waiting for 61 ms (median), now for 3. Four threads serve all files of the
    process: on a disk that takes 5 ms longer for each commit they let 45 purchases a second through, one thread 15.
    """

    shared_now = "CAST($1 AS BIGINT)"

    def __init__(self, path: str, writer: sqlite3.Connection, reader: SqliteReader) -> None:
        self.is_full = False
        self._path = path
        self._writer, self._read = writer, reader
        self._write = SqliteConnection(writer)
        self._turn = asyncio.Lock()
        self._commit: asyncio.Future[None] | None = None  # of the transactions that wait for the next one
        self._closing = False

    @classmethod
    async def connect(cls, path: str, settings: DatabaseSettings = DatabaseSettings()) -> SqliteDatabase:
        """Open the file, or create it.

        Raises BrokenFile.
        """
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with closing(sqlite3.connect(path, timeout=30)) as connection:  # waits for another that does the same
                connection.execute("PRAGMA journal_mode = WAL")
            # FULL: a commit that was answered survives the power going, not only the process.
            writer = open_file(path, "PRAGMA synchronous = FULL")
            try:
                return cls(path, writer, SqliteReader(path, settings.statement_seconds))
            except BaseException:
                writer.close()
                raise
        except sqlite3.DatabaseError as error:
            raise BrokenFile(f"{path}: {error}") from error

    def shared_now_argument(self) -> int:
        """See `Database.shared_now_argument`: the time, as all processes with this file run on one machine."""
        return round(unix_time() * 1000)

    async def fetch(self, row: type[R], sql: str, *args: Any) -> list[R]:
        with self._translated():
            return await self._read.fetch(row, sql, *args)

    async def fetchrow(self, row: type[R], sql: str, *args: Any) -> R | None:
        with self._translated():
            return await self._read.fetchrow(row, sql, *args)

    async def fetchval(self, value: type[R], sql: str, *args: Any) -> R | None:
        with self._translated():
            return await self._read.fetchval(value, sql, *args)

    async def try_to_write(self) -> None:
        async with self.transaction() as connection:
            await connection.execute("CREATE TABLE room (one INTEGER)")
            await connection.execute("DROP TABLE room")
        self.is_full = False

    async def execute(self, sql: str, *args: Any) -> int:
        async with self.transaction() as connection:
            return await connection.execute(sql, *args)

    async def returning(self, row: type[R], sql: str, *args: Any) -> R | None:
        async with self.transaction() as connection:
            return await connection.fetchrow(row, sql, *args)

    async def execute_guarded(self, guard: str, change: str, *args: Any) -> int:
        async with self.transaction() as connection:
            if not await connection.execute(guard, *args):
                return 0
            return await connection.execute(change.replace("FROM guard", "FROM (SELECT 1)"), *args)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        with self._translated():
            failure: Exception | None = None
            async with self._turn:
                if not self._writer.in_transaction:
                    await self._begin()
                self._writer.execute("SAVEPOINT one")
                try:
                    yield self._write
                    self._writer.execute("RELEASE one")
                except Exception as error:
                    self._undo()
                    failure = error
                except BaseException:
                    self._undo()
                    raise
                committed = self._commit if failure else self._commit_soon()
            if failure is None:
                assert committed is not None
                await asyncio.shield(committed)
                return
            if committed is not None:  # it may have failed because of uncommitted data
                await asyncio.wait([committed])
            raise failure

    def next_id(self, table: str) -> str:
        """See `Database.next_id`.

        SQLite itself would continue after the highest remaining row.
        """
        return f"(SELECT MAX(id) + 1 FROM (SELECT MAX(id) AS id FROM {table} UNION ALL SELECT floor FROM numbers))"

    async def continue_after(self, connection: Connection, table: str, number: int) -> None:
        """See `Database.continue_after`.

        `next_id` reads the number from `numbers`.
        """

    async def close(self) -> None:
        self._closing = True
        await self._read.close()
        async with self._turn:  # behind the transactions that are under way
            last = self._commit
        if last is not None:
            await asyncio.wait([last])
        self._writer.close()

    async def _begin(self) -> None:
        """Take the file's write lock.

        If another process has it, the event loop runs on meanwhile.
        """
        until = monotonic() + LOCK_SECONDS
        pause = 0.001
        while True:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                    raise
            await asyncio.sleep(pause)
            pause = min(2 * pause, 0.05)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn an unavailable file into a 503 and a duplicate value into a 409.

        A wrong statement remains an error.
        """
        if self._closing:
            raise Unavailable(CLOSING)
        try:
            yield
        except sqlite3.DatabaseError as error:
            if self._closing:
                raise Unavailable(CLOSING) from error
            code = getattr(error, "sqlite_errorcode", None)  # the kind is in the low byte of an extended code
            if code in CONFLICTS:
                raise Conflict("Another request has just taken that value.") from error
            if code is not None and code & 0xFF in OUTAGES:
                self.is_full = self.is_full or code & 0xFF == sqlite3.SQLITE_FULL
                why = FULL if code & 0xFF == sqlite3.SQLITE_FULL else str(error)
                structlog.get_logger().error("database_unavailable", cause=type(error).__name__, why=why)
                told = f"{why.capitalize()}." if why == FULL else "The database does not answer."
                raise FileOutage(told, reason=f"{self._path}: {why}") from error
            raise

    def _undo(self) -> None:
        """Roll back the transaction of the caller, and no other."""
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK TO one")
            self._writer.execute("RELEASE one")
            if self._commit is None:  # it contains no other transaction
                self._writer.rollback()
        elif self._commit is not None:  # a full disk, say, has taken all of it back
            self._commit.set_exception(Unavailable("The database does not answer."))
            self._commit = None

    def _commit_soon(self) -> asyncio.Future[None]:
        if self._commit is None:
            self._commit = asyncio.get_running_loop().create_future()
            self._committing = asyncio.create_task(self._commit_in_turn(self._commit))
        return self._commit

    async def _commit_in_turn(self, committed: asyncio.Future[None]) -> None:
        async with self._turn:  # behind those that were waiting: they come along
            if committed.done():
                return
            self._commit = None
            try:
                await asyncio.get_running_loop().run_in_executor(_COMMITS, self._writer.execute, "COMMIT")
            except Exception as error:
                self._writer.rollback()
                committed.set_exception(error)
            else:
                committed.set_result(None)


_COMMITS = ThreadPoolExecutor(4, "sqlite-commit")

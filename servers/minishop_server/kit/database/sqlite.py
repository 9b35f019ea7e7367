"""SQLite: a file in WAL mode, one writer."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, closing, suppress
from pathlib import Path
from typing import Any

from ..clock import monotonic, unix_time
from ..problems import Unavailable
from ..settings import DatabaseSettings
from .folder import FolderLock
from .protocols import CLOSING, Connection, NameRow, R, SizeRow, System
from .sqlite_connections import GUARD, SqliteConnection, SqliteReader, open_file
from .sqlite_errors import BrokenFile, Translated
from .sqlite_sizes import sizes_of

LOCK_SECONDS = 10
"""How long a write waits for another process that writes to the same file."""


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

    system: System = "sqlite"
    shared_now = "CAST($1 AS BIGINT)"

    def __init__(self, path: str, writer: sqlite3.Connection, reader: SqliteReader, folder: FolderLock) -> None:
        self._folder = folder
        self.is_full = False
        self.is_closing = False
        self.path = path
        self.writer, self._read = writer, reader
        self.write = SqliteConnection(writer)
        self.turn = asyncio.Lock()
        self.translated = Translated(self)
        self._waiting: list[asyncio.Future[None]] | None = None  # for the next commit

    @classmethod
    async def connect(cls, path: str, settings: DatabaseSettings = DatabaseSettings()) -> SqliteDatabase:
        """Open the file, or create it.

        Raises BrokenFile, or FileOutage during a restore of the folder.
        """
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = FolderLock(Path(path).parent)
        try:
            with closing(sqlite3.connect(path, timeout=30)) as connection:  # waits for another that does the same
                connection.execute("PRAGMA journal_mode = WAL")
            # FULL: a commit that was answered survives the power going, not only the process.
            writer = open_file(path, "PRAGMA synchronous = FULL")
            try:
                return cls(path, writer, SqliteReader(path, settings.statement_seconds), folder)
            except BaseException:
                writer.close()
                raise
        except sqlite3.DatabaseError as error:
            folder.release()
            raise BrokenFile(f"{path}: {error}") from error
        except BaseException:
            folder.release()
            raise

    def shared_now_argument(self) -> int:
        """See `Database.shared_now_argument`: the time, as all processes with this file run on one machine."""
        return round(unix_time() * 1000)

    async def fetch(self, row: type[R], sql: str, *args: Any) -> list[R]:
        with self.translated:
            return await self._read.fetch(row, sql, *args)

    async def fetchrow(self, row: type[R], sql: str, *args: Any) -> R | None:
        with self.translated:
            return await self._read.fetchrow(row, sql, *args)

    async def fetchval(self, value: type[R], sql: str, *args: Any) -> R | None:
        with self.translated:
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

    async def execute_guarded(self, statements: Sequence[str], *args: Any) -> int:
        changed = 0
        async with self.transaction() as connection:
            for sql in statements:
                changed = await connection.execute(sql.replace("FROM guard", GUARD), *args)
                if not changed:
                    break
        return changed

    async def fetchrow_guarded(self, row: type[R], guard: str, change: str, *args: Any) -> R | None:
        async with self.transaction() as connection:
            return await connection.fetchrow_guarded(row, guard, change, *args)

    async def sizes(self) -> list[SizeRow]:
        """See `Database.sizes`."""
        tables = await self.fetch(NameRow, "SELECT name FROM sqlite_schema WHERE type = 'table'")
        return await self.fetch(SizeRow, sizes_of([row["name"] for row in tables])) if tables else []

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        return _Transaction(self)

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
        self.is_closing = True
        await self._read.close()
        async with self.turn:  # behind the transactions that are under way
            last = self.commit_under_way()
        if last is not None:
            with suppress(Exception):
                await last
        self.writer.close()
        self._folder.release()

    async def begin(self) -> None:
        """Take the file's write lock.

        If another process has it, the event loop runs on meanwhile.
        """
        until = monotonic() + LOCK_SECONDS
        pause = 0.001
        while True:
            try:
                self.writer.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                    raise
            await asyncio.sleep(pause)
            pause = min(2 * pause, 0.05)

    def undo(self, *, shared: bool) -> None:
        """Roll back the transaction of the caller, and no other that shares its commit."""
        if not shared:
            self.writer.rollback()
            return
        try:
            if self.writer.in_transaction:
                self.writer.execute("ROLLBACK TO one")
                self.writer.execute("RELEASE one")
                return
        except sqlite3.Error:
            self.writer.rollback()
        if self._waiting is not None:  # a full disk, say, has taken all of it back
            waiting, self._waiting = self._waiting, None
            _settle(waiting, Unavailable("The database does not answer."))

    def commit_soon(self) -> asyncio.Future[None]:
        """Settled when the transaction is committed."""
        if self._waiting is None:
            self._waiting = []
            self._committing = asyncio.create_task(self._commit_in_turn(self._waiting))
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(done)
        return done

    def commit_under_way(self) -> asyncio.Future[None] | None:
        """Settled with the transactions that wait for the next commit, if any do."""
        return None if self._waiting is None else self.commit_soon()

    async def _commit_in_turn(self, waiting: list[asyncio.Future[None]]) -> None:
        async with self.turn:  # behind those that were waiting: they come along
            if self._waiting is not waiting:
                return
            self._waiting = None
            error = await self._commit_in_thread()
            try:
                if error is not None:
                    self.writer.rollback()
            finally:
                _settle(waiting, error)

    def _commit_in_thread(self) -> asyncio.Future[Exception | None]:
        """The error of a commit, if it fails: `run_in_executor` would copy the result from one future to another."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Exception | None] = loop.create_future()

        def tell(failure: Exception | None) -> None:
            if not done.done():  # else the loop ends
                done.set_result(failure)

        def commit() -> None:
            failure = None
            try:
                self.writer.execute("COMMIT")
            except Exception as error:
                failure = error
            loop.call_soon_threadsafe(tell, failure)

        _COMMITS.submit(commit)
        return done


class _Transaction:
    """A transaction in its turn; a generator as context manager would take twice the processor time.

    The first of a commit needs no savepoint, because a rollback takes back no other.
    """

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database
        self._shared = False

    async def __aenter__(self) -> Connection:
        database = self._database
        if database.is_closing:
            raise Unavailable(CLOSING)
        with database.translated:
            await database.turn.acquire()
            try:
                self._shared = database.writer.in_transaction
                if self._shared:
                    database.writer.execute("SAVEPOINT one")
                else:
                    await database.begin()
            except BaseException:
                database.turn.release()
                raise
        return database.write

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        database, failure = self._database, error
        with database.translated:
            try:
                if failure is None and self._shared:
                    database.writer.execute("RELEASE one")
            except Exception as refusal:
                failure = refusal
            try:
                if failure is not None:
                    database.undo(shared=self._shared)
                committed = database.commit_soon() if failure is None else database.commit_under_way()
            finally:
                database.turn.release()
            if failure is None:
                assert committed is not None
                await committed
            elif isinstance(failure, Exception):
                if committed is not None:  # it may have failed because of uncommitted data
                    with suppress(Exception):
                        await committed
                raise failure


def _settle(waiting: list[asyncio.Future[None]], error: Exception | None) -> None:
    """End the wait of those whose callers still wait."""
    for done in waiting:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)


_COMMITS = ThreadPoolExecutor(4, "sqlite-commit")

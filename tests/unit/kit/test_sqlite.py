"""SQLite only: one file, one writer, and other processes beside it."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from minishop_server.kit.database import open_database
from minishop_server.kit.problems import Unavailable
from minishop_server.kit.settings import DatabaseSettings
from tests.support.things_table import add, names

COUNT = """
    WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < $1)
    SELECT COUNT(*) FROM numbers
"""
ENDLESS = 10**15


@pytest.fixture
def other_writer(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The connection of another process to the file."""
    with closing(sqlite3.connect(tmp_path / "one.db", isolation_level=None)) as connection:
        yield connection


async def test_while_another_process_writes_to_the_file_reads_go_on_and_a_write_waits(
    tmp_path: Path, migrations: Path, other_writer: sqlite3.Connection
) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)
    other_writer.execute("BEGIN IMMEDIATE")
    task = asyncio.create_task(add(database, 1, "one"))
    await asyncio.sleep(0.05)

    assert [] == await names(database)
    assert not task.done()
    other_writer.execute("COMMIT")
    await task

    assert ["one"] == await names(database)
    await database.close()


async def test_a_write_that_never_gets_the_lock_of_the_file_is_unavailable(
    tmp_path: Path, migrations: Path, other_writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minishop_server.kit.database.sqlite.LOCK_SECONDS", 0.05)
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)
    other_writer.execute("BEGIN IMMEDIATE")

    with pytest.raises(Unavailable):
        await add(database, 1, "one")
    other_writer.execute("COMMIT")

    await add(database, 2, "two")
    assert ["two"] == await names(database)
    await database.close()


async def test_two_processes_that_write_to_the_file_at_once_lose_nothing(tmp_path: Path, migrations: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)
    program = (
        "import sqlite3, sys\n"
        "file = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)\n"
        "for number in range(1000, 1200):\n"
        "    file.execute('INSERT INTO things (id, name) VALUES (?, ?)', (number, f'name {number}'))\n"
    )
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", program, str(tmp_path / "one.db"))

    number = 0
    while other.returncode is None:
        number += 1
        await add(database, number, f"name {number}")
        await asyncio.sleep(0)

    assert 0 == await other.wait()
    assert 200 + number == len(await names(database))
    await database.close()


async def test_a_commit_on_sqlite_waits_for_the_disk_and_readers_do_not_wait_for_writers(
    tmp_path: Path, migrations: Path
) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)
    async with database.transaction() as connection:
        row = await connection.fetchrow(dict, "PRAGMA synchronous")
    mode = await database.fetchrow(dict, "PRAGMA journal_mode")

    assert ([2], ["wal"]) == (list(row or ()), list(mode or ()))
    await database.close()


async def test_reading_never_writes_on_sqlite(tmp_path: Path, migrations: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)

    with pytest.raises((sqlite3.Error, Unavailable)):
        await database.fetch(dict, "DELETE FROM things RETURNING id")

    await database.close()


async def test_a_read_that_takes_long_keeps_no_other_waiting(tmp_path: Path, migrations: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)
    long = asyncio.create_task(database.fetchval(int, COUNT, ENDLESS))

    for number in range(20):
        await add(database, number, f"name {number}")
        assert number + 1 == len(await names(database))

    assert not long.done()
    await database.close()
    with pytest.raises(Unavailable):
        await long


async def test_long_reads_answer_as_short_ones_do(tmp_path: Path, migrations: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)
    counts = [10, 100_000, 20, 200_000]

    assert counts == await asyncio.gather(*(database.fetchval(int, COUNT, count) for count in counts))

    await database.close()


async def test_a_read_that_takes_too_long_is_unavailable_and_the_next_one_works(
    tmp_path: Path, migrations: Path
) -> None:
    settings = DatabaseSettings(statement_seconds=0.1)
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations, settings)

    with pytest.raises(Unavailable):
        await database.fetchval(int, COUNT, ENDLESS)

    assert 10 == await database.fetchval(int, COUNT, 10)
    await database.close()

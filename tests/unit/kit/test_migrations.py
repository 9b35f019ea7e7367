"""Schemas are migrated once, by the first process to start, and left alone if they are up to date."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from minishop_server.kit.database import OldData, SchemaBehind, migrate_database, migrations_of, open_database
from minishop_server.kit.database.migrations import SchemaAhead, head
from minishop_server.kit.problems import Unavailable
from minishop_server.kit.settings import SERVICES, ServiceName
from tests.support.migrations import write_revision
from tests.support.postgres import NewDatabase

OPEN = (
    "import asyncio, pathlib, sys\n"
    "from minishop_server.kit.database import open_database\n"
    "async def main():\n"
    "    await (await open_database(sys.argv[1], pathlib.Path(sys.argv[2]))).close()\n"
    "asyncio.run(main())\n"
)
OLD = {
    "alembic": ["CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('0007')"],
    "another tool": ["CREATE TABLE _yoyo_migration (id TEXT)"],
}
"""Marks of the versions before 0.1.0 in a database."""
NAMES = "SELECT name FROM things ORDER BY id"
KNOWN = "import sys; assert not {'alembic', 'sqlalchemy', 'psycopg'} & set(sys.modules), 'slow to import'\n"


async def test_each_revision_is_applied_once_and_new_ones_on_the_next_start(
    database_url: str, migrations: Path
) -> None:
    database = await open_database(database_url, migrations)
    await database.execute("INSERT INTO things (id, name) VALUES (1, 'one')")
    write_revision(migrations, "0002", "ALTER TABLE things ADD COLUMN colour TEXT", "UPDATE things SET colour = 'red'")

    later = await open_database(database_url, migrations)

    rows = await later.fetch(dict, "SELECT name, colour FROM things")
    assert [("one", "red")] == [(row["name"], row["colour"]) for row in rows]
    await later.close()
    await database.close()


async def test_it_tells_from_where_to_where_a_schema_went(database_url: str, migrations: Path) -> None:
    write_revision(migrations, "0002", "CREATE TABLE more (id INTEGER)")

    assert (None, "0002") == await migrate_database(database_url, migrations)
    assert ("0002", "0002") == await migrate_database(database_url, migrations)


async def test_of_revisions_that_fail_nothing_is_left_nor_of_those_before_it(
    database_url: str, migrations: Path
) -> None:
    await migrate_database(database_url, migrations)
    whole = write_revision(migrations, "0002", "CREATE TABLE whole (id INTEGER)")
    broken = write_revision(migrations, "0003", "CREATE TABLE half (id INTEGER)", "SELECT nonsense")

    with pytest.raises(Exception, match="nonsense"):
        await open_database(database_url, migrations)
    broken.unlink()
    whole.unlink()
    write_revision(migrations, "0002", "CREATE TABLE whole (id INTEGER)", "CREATE TABLE half (id INTEGER)")

    assert ("0001", "0002") == await migrate_database(database_url, migrations)


async def test_a_schema_that_a_newer_version_has_contracted_is_refused(database_url: str, migrations: Path) -> None:
    later = [
        write_revision(migrations, "0002", "ALTER TABLE things ADD COLUMN colour TEXT"),
        write_revision(migrations, "0100", "DROP TABLE things"),
    ]
    await migrate_database(database_url, migrations)
    for revision in later:
        revision.unlink()

    with pytest.raises(SchemaAhead, match="is at 0100, with which this version does not work"):
        await open_database(database_url, migrations)


async def test_a_schema_that_is_ahead_is_left_alone(database_url: str, migrations: Path) -> None:
    later = write_revision(migrations, "0002", "ALTER TABLE things ADD COLUMN colour TEXT")
    await migrate_database(database_url, migrations)
    later.unlink()

    database = await open_database(database_url, migrations, may_migrate=False)

    assert [] == await database.fetch(dict, NAMES)
    assert ("0002", "0002") == await migrate_database(database_url, migrations)
    await database.close()


async def test_a_schema_that_is_behind_is_refused_where_it_may_not_be_migrated(
    database_url: str, migrations: Path
) -> None:
    with pytest.raises(SchemaBehind):
        await open_database(database_url, migrations, may_migrate=False)
    await migrate_database(database_url, migrations)

    database = await open_database(database_url, migrations, may_migrate=False)

    assert [] == await database.fetch(dict, NAMES)
    await database.close()


async def test_an_old_version_goes_on_while_a_new_one_expands_its_tables(
    new_postgresql: NewDatabase, migrations: Path
) -> None:
    url = new_postgresql("one")
    old = await open_database(url, migrations)
    enough = asyncio.Event()

    async def work() -> int:
        number = 0
        while not enough.is_set():
            number += 1
            await old.execute("INSERT INTO things (id, name) VALUES ($1, $2)", number, f"name {number}")
            await old.fetchrow(dict, "SELECT id, name, size FROM things WHERE id = $1", number)
        return number

    task = asyncio.create_task(work())
    write_revision(migrations, "0002", "ALTER TABLE things ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")
    await migrate_database(url, migrations)
    enough.set()

    assert await task == len(await old.fetch(dict, NAMES))
    await old.close()


async def test_a_migration_waits_for_a_table_in_use_for_a_while_only_and_changes_nothing(
    new_postgresql: NewDatabase, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_postgresql("one")
    await migrate_database(url, migrations)
    write_revision(migrations, "0002", "CREATE TABLE more (id INTEGER)", "ALTER TABLE things ADD COLUMN colour TEXT")
    monkeypatch.setattr("minishop_server.kit.database.migrations.LOCK_SECONDS", 1)
    with psycopg.connect(url) as reader:
        reader.execute("SELECT name FROM things")

        with pytest.raises(Unavailable):
            await migrate_database(url, migrations)

    assert ("0001", "0002") == await migrate_database(url, migrations)


def test_processes_that_start_together_migrate_once(database_url: str, migrations: Path) -> None:
    wait = "SELECT pg_sleep(0.3)" if database_url.startswith("postgresql") else "SELECT 1"
    write_revision(migrations, "0002", wait, "CREATE TABLE more (id INTEGER)")

    processes = [
        subprocess.Popen([sys.executable, "-c", OPEN, database_url, str(migrations)], stderr=subprocess.PIPE)
        for _ in range(3)
    ]

    outcomes = [(process.communicate()[1][-500:], process.returncode) for process in processes]
    assert [(b"", 0)] * 3 == outcomes


def test_a_start_with_nothing_to_do_imports_nothing_of_alembic(database_url: str, migrations: Path) -> None:
    asyncio.run(migrate_database(database_url, migrations))

    ended = subprocess.run(
        [sys.executable, "-c", OPEN + KNOWN, database_url, str(migrations)], capture_output=True, text=True
    )

    assert (0, "") == (ended.returncode, ended.stderr)


@pytest.mark.parametrize("made_by", OLD)
async def test_a_database_of_before_the_first_release_is_refused_and_left_untouched(
    database_url: str, migrations: Path, made_by: str
) -> None:
    for statement in ("CREATE TABLE things (id INTEGER PRIMARY KEY, colour TEXT)", *OLD[made_by]):
        run_statement(database_url, statement)
    (migrations / "0001_made_up.py").unlink()
    write_revision(migrations, "0100", "CREATE TABLE others (id INTEGER)")
    before = contents(database_url)

    for open_it in migrate_database(database_url, migrations), open_database(database_url, migrations):
        with pytest.raises(OldData, match=r"^A version before 0\.1\.0 made the database of "):
            await open_it

    assert before == contents(database_url)


def run_statement(url: str, statement: str) -> None:
    """Run it as another program does."""
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            connection.execute(statement)
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
        file.execute("PRAGMA journal_mode = WAL")  # as every version has it
        file.execute(statement)


def contents(url: str) -> object:
    """The bytes of a file, or the relations of PostgreSQL with their last transaction and their rows."""
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).read_bytes()
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT relname, oid, xmin::TEXT FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname"
        ).fetchall()
        rows = [connection.execute(f"TABLE {name}").fetchall() for name, *_ in tables if not name.endswith("_pkey")]
        return tables, rows


@pytest.mark.parametrize("service", SERVICES)
def test_revisions_are_numbered_in_one_line_and_named_by_their_number(service: ServiceName) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_of("auth").parents[2] / "kit" / "database"))
    config.set_main_option("version_locations", str(migrations_of(service)))
    config.set_main_option("path_separator", "os")

    revisions = list(ScriptDirectory.from_config(config).walk_revisions())

    numbers = [f"{number:04}" for number in range(99 + len(revisions), 99, -1)]
    assert numbers == [revision.revision for revision in revisions]
    assert numbers == [Path(revision.path).name[:4] for revision in revisions]
    assert numbers[0] == head(migrations_of(service))

"""A page of a long list reads few rows, with every combination of filters, also if few or no rows pass them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from structlog.testing import capture_logs

from minishop_server.kit.database import Database, migrations_of, open_database, sqlite_connections
from minishop_server.kit.settings import DatabaseSettings, ServiceName
from tests.support.long_lists import LISTS, ROWS, TABLES, fills, read
from tests.support.operations import OPERATIONS
from tests.support.postgres import NewDatabase

MOST_STEPS = 15_000
"""The limit of SQLite's steps, fewer than it takes to look at a quarter of the rows."""
MOST_ROWS = 3_000
"""The limit of rows and entries of indexes that PostgreSQL reads."""
READ = """
    SELECT (SELECT SUM(seq_tup_read) FROM pg_stat_user_tables) + (SELECT SUM(idx_tup_read) FROM pg_stat_user_indexes)
"""


def test_every_list_of_the_documents_is_read() -> None:
    lists = {
        str(operation) for operation in OPERATIONS if any(each["name"] == "cursor" for each in operation.parameters)
    }

    assert lists == set(LISTS)


@asynccontextmanager
async def filled(url: str, service: ServiceName) -> AsyncIterator[Database]:
    """A database with many rows in each table."""
    database = await open_database(url, migrations_of(service), DatabaseSettings(pool_size=1))
    try:
        for fill in fills(service):
            await database.execute(fill)
        yield database
    finally:
        await database.close()


@pytest.mark.parametrize("service", TABLES)
async def test_a_page_on_sqlite_takes_few_steps(
    tmp_path: Path, service: ServiceName, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_connections, "SHORT_STEPS", MOST_STEPS)
    async with filled(f"sqlite:///{tmp_path}/{service}.db", service) as database:
        for table, columns in TABLES[service].items():
            with capture_logs() as lines:
                await database.fetchval(int, f"SELECT 1 FROM {table} WHERE {next(iter(columns))} + 0 = -1")
            assert ["long_statement"] == [line["event"] for line in lines], f"the steps in {table} are not counted"

        for name, values in combinations(service):
            with capture_logs() as lines:
                await read(database, LISTS[name], values)
            assert [] == lines, (name, values)


@pytest.mark.parametrize("service", TABLES)
async def test_a_page_on_postgresql_reads_few_rows(new_postgresql: NewDatabase, service: ServiceName) -> None:
    url = new_postgresql(service)
    async with filled(url, service) as database:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")

            async def rows_read() -> int:
                await database.fetchval(str, "SELECT CAST(pg_stat_force_next_flush() AS TEXT)")
                (count,) = connection.execute(READ).fetchone() or (0,)
                return int(count)

            before = await rows_read()
            for table in TABLES[service]:
                await database.fetchval(int, f"SELECT COUNT(*) FROM {table}")
                after = await rows_read()
                assert after - before >= ROWS, f"the rows of {table} are not counted"
                before = after

            for name, values in combinations(service):
                await read(database, LISTS[name], values)
                after = await rows_read()
                assert after - before < MOST_ROWS, (name, values)
                before = after


def combinations(service: ServiceName) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lists of a service with every combination of their filters."""
    for name, each in LISTS.items():
        if name.startswith(f"{service}."):
            for values in each.combinations():
                yield name, values

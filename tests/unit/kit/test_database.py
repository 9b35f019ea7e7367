"""One set of statements, two databases."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from minishop_server.kit.database import Database, delete_in_parts, open_database
from minishop_server.kit.problems import Conflict, Unavailable
from tests.support.things_table import ADD, add, names


@pytest.fixture
async def database(database_url: str, migrations: Path) -> AsyncIterator[Database]:
    """An open database, once of each kind."""
    database = await open_database(database_url, migrations)
    yield database
    await database.close()


async def test_statements_answer_rows_and_counts_alike(database: Database) -> None:
    async with database.transaction() as connection:
        assert 1 == await connection.execute(ADD, 1, "one")
        row = await connection.fetchrow(
            dict, "INSERT INTO things (id, name) VALUES ($1, $2) RETURNING id, name", 2, "two"
        )
        assert {"id": 2, "name": "two"} == dict(row or {})
        assert 2 == await connection.execute("UPDATE things SET size = $1", 7)
        assert 0 == await connection.execute("UPDATE things SET size = $1 WHERE id = $2", 7, 99)
        assert await connection.fetchrow(dict, "SELECT id FROM things WHERE id = $1", 99) is None

    assert [("one", 7), ("two", 7)] == [
        (row["name"], row["size"]) for row in await database.fetch(dict, "SELECT name, size FROM things ORDER BY id")
    ]
    assert await database.fetchrow(dict, "SELECT id FROM things WHERE name = $1", "x") is None


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
    row = await database.returning(dict, "UPDATE things SET size = $2 WHERE name = $1 RETURNING id, size", "two", 7)
    assert {"id": 2, "size": 7} == dict(row or {})
    assert await database.returning(dict, "UPDATE things SET size = 8 WHERE name = $1 RETURNING id", "x") is None
    with pytest.raises(Conflict):
        await database.execute(ADD, 3, "one")

    assert ["one", "two"] == await names(database)


async def test_a_placeholder_may_stand_twice_and_in_any_order_and_quoted_text_is_none(database: Database) -> None:
    sql = "SELECT CAST($2 AS TEXT) AS b, CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS c, 'US$1' AS text"

    assert {"a": "x", "b": "y", "c": "y", "text": "US$1"} == dict(await database.fetchrow(dict, sql, "x", "y") or {})


async def test_a_guarded_change_happens_with_its_guard_or_not_at_all(database: Database) -> None:
    await add(database, 1, "one")
    guard = "UPDATE things SET size = $2 WHERE id = $1 AND size IS NULL"
    change = "INSERT INTO things (id, name, size) SELECT $3, $4, $2 FROM guard WHERE TRUE"

    assert 1 == await database.execute_guarded((guard, change), 1, 7, 2, "two")
    assert 0 == await database.execute_guarded((guard, change), 1, 8, 3, "three")
    await add(database, 4, "four")
    with pytest.raises(Conflict):
        await database.execute_guarded((guard, change), 4, 9, 5, "one")

    rows = await database.fetch(dict, "SELECT name, size FROM things ORDER BY id")
    assert [("one", 7), ("two", 7), ("four", None)] == [(row["name"], row["size"]) for row in rows]


async def test_a_guarded_change_returns_the_row_of_its_guard(database: Database) -> None:
    await add(database, 1, "one")
    guard = "UPDATE things SET size = $2 WHERE id = $1 AND size IS NULL RETURNING id, name"
    change = "INSERT INTO things (id, name, size) SELECT $3, $4, $2 FROM guard WHERE TRUE"

    async with database.transaction() as connection:
        assert {"id": 1, "name": "one"} == dict(
            await connection.fetchrow_guarded(dict, guard, change, 1, 7, 2, "two") or {}
        )
        assert await connection.fetchrow_guarded(dict, guard, change, 1, 8, 3, "three") is None
    await add(database, 4, "four")
    with pytest.raises(Conflict):
        await database.fetchrow_guarded(dict, guard, change, 4, 9, 5, "one")

    rows = await database.fetch(dict, "SELECT name, size FROM things ORDER BY id")
    assert [("one", 7), ("two", 7), ("four", None)] == [(row["name"], row["size"]) for row in rows]


async def test_a_chain_of_changes_ends_at_the_first_that_changes_nothing(database: Database) -> None:
    await add(database, 1, "one")
    first = "UPDATE things SET size = $2 WHERE id = $1 AND size IS NULL"
    second = "INSERT INTO things (id, name) SELECT $3, $4 FROM guard WHERE TRUE ON CONFLICT DO NOTHING"
    third = "INSERT INTO things (id, name) SELECT $5, $6 FROM guard WHERE TRUE"

    assert 1 == await database.execute_guarded((first, second, third), 1, 7, 2, "two", 3, "three")
    assert 0 == await database.execute_guarded((first, second, third), 1, 8, 4, "four", 5, "five")
    assert 0 == await database.execute_guarded((first, second, third), 2, 8, 3, "three", 6, "six")

    rows = await database.fetch(dict, "SELECT name, size FROM things ORDER BY id")
    assert [("one", 7), ("two", 8), ("three", None)] == [(row["name"], row["size"]) for row in rows]


async def test_of_transactions_at_once_those_that_fail_take_back_their_own_work_only(database: Database) -> None:
    async def fail(number: int) -> None:
        async with database.transaction() as connection:
            await connection.execute(ADD, number, f"name {number}")
            raise ZeroDivisionError

    steps = [fail(number) if number % 3 == 0 else add(database, number, f"name {number}") for number in range(12)]
    outcomes = await asyncio.gather(*steps, return_exceptions=True)

    assert [0, 3, 6, 9] == [number for number, outcome in enumerate(outcomes) if outcome is not None]
    assert [f"name {number}" for number in range(12) if number % 3] == await names(database)


async def test_who_loses_a_race_for_a_value_finds_the_one_who_won_it(database: Database) -> None:
    async def add_or_find(name: str) -> str:
        try:
            await add(database, 1, name)
        except Conflict:
            return (await names(database))[0]
        return name

    found = await asyncio.gather(*(add_or_find(f"name {number}") for number in range(8)))

    assert set(await names(database)) == set(found)


async def test_what_was_answered_is_there_though_a_full_disk_took_back_what_came_along(
    tmp_path: Path, migrations: Path
) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/one.db", migrations)
    async with database.transaction() as connection:
        pages = await connection.fetchrow(dict, "PRAGMA page_count")
        assert pages is not None
        await connection.fetch(dict, f"PRAGMA max_page_count = {pages['page_count'] + 2}")

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


@pytest.mark.parametrize("url", ["mysql://root:hunter2@host/db", "hunter2", ""])
async def test_an_address_of_another_database_is_refused_without_being_quoted(url: str, migrations: Path) -> None:
    with pytest.raises(ValueError, match="sqlite:///") as refusal:
        await open_database(url, migrations)

    assert "hunter2" not in str(refusal.value)


async def test_a_database_that_is_being_closed_finishes_what_is_under_way_and_refuses_the_rest(
    database_url: str, migrations: Path
) -> None:
    database = await open_database(database_url, migrations)
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with database.transaction() as connection:
            await connection.execute(ADD, 1, "one")
            inside.set()
            await go_on.wait()
            await connection.execute(ADD, 2, "two")

    slow_one = asyncio.create_task(slow())
    await inside.wait()
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)

    with pytest.raises(Unavailable):
        await names(database)
    go_on.set()
    await slow_one
    await closing
    for late in names(database), add(database, 3, "three"), database.execute(ADD, 4, "four"):
        with pytest.raises(Unavailable):
            await late

    database = await open_database(database_url, migrations)
    assert ["one", "two"] == await names(database)
    await database.close()


async def test_any_number_of_rows_is_deleted_in_short_transactions(database: Database) -> None:
    numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234) SELECT i FROM n"
    await database.execute(f"INSERT INTO things (id, name) SELECT i, 'name ' || i FROM ({numbers}) AS numbers")

    await delete_in_parts(database, "things", "id, name", "WHERE id > $1", 2)

    assert ["name 1", "name 2"] == await names(database)

"""PostgreSQL goes away and comes back, is slow, or has no room: nothing is lost, and no restart is needed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from minishop_server.kit.database import Database, open_database
from minishop_server.kit.problems import Unavailable
from minishop_server.kit.settings import DatabaseSettings
from tests.support.postgres import NewDatabase, Postgres
from tests.support.things_table import ADD, add, names


async def reason(address: str, migrations: Path) -> str:
    """The message about an unusable server, which only the operator sees."""
    with pytest.raises(Unavailable) as refusal:
        await open_database(address, migrations)
    assert ("The database does not answer.", False) == (str(refusal.value), "hunter2" in refusal.value.reason)
    told, said = refusal.value.reason.split(" does not answer: ")
    assert told.startswith(f"The PostgreSQL of {migrations.parent.name} at ")
    return f"{told.partition(' at ')[2]} {said}"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("a:hunter2@127.0.0.1:9/b", "127.0.0.1:9, database b, connection refused."),
        ("a:hunter2@[::1]:9/b", "[::1]:9, database b, "),
        ("a:hunter2@nowhere.invalid/b", "nowhere.invalid:5432, database b, the host has no address."),
        ("/b?host=127.0.0.1&port=9&password=hunter2&user=a", "127.0.0.1:9, database b, connection refused."),
        ("a:hunter2@127.0.0.1:9,127.0.0.1:11/b", "127.0.0.1:9,127.0.0.1:11, database b, connection refused."),
    ],
)
async def test_a_server_that_cannot_be_reached_is_named_with_the_reason(
    migrations: Path, address: str, told: str
) -> None:
    assert (await reason(f"postgresql://{address}", migrations)).startswith(told)


def ask_for_passwords(url: str) -> None:
    """Of all users but the owner, from the next start on."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE ROLE shop LOGIN PASSWORD 'hunter1'")
        (hba,) = connection.execute("SHOW hba_file").fetchone() or ("",)
    Path(hba).write_text("local all postgres trust\nlocal all all scram-sha-256\n")


async def test_a_server_that_refuses_is_named_with_the_reason_and_no_password(
    own_postgresql: Postgres, migrations: Path
) -> None:
    url = own_postgresql.new_database("one")
    nothing = re.sub("/one_[^?]*", "/nothing", url)
    assert 'database "nothing" does not exist.' in await reason(nothing, migrations)

    ask_for_passwords(url)
    own_postgresql.crash()
    wrong = re.sub("//postgres:?@", "//shop:hunter2@", url)

    assert 'password authentication failed for user "shop".' in await reason(wrong, migrations)


async def test_while_the_server_is_away_it_is_unavailable_and_afterwards_it_works(
    own_postgresql: Postgres, migrations: Path
) -> None:
    database = await open_database(own_postgresql.new_database("one"), migrations)
    await add(database, 1, "one")
    own_postgresql.stop()

    for _ in range(2):
        with pytest.raises(Unavailable) as refusal:
            await names(database)
        assert "1" == refusal.value.headers["Retry-After"]
        with pytest.raises(Unavailable):
            await add(database, 2, "two")
    own_postgresql.start()

    assert ["one"] == await names(database)
    await database.close()


async def test_a_crash_in_the_middle_of_load_is_unavailable_while_it_lasts_and_loses_nothing(
    own_postgresql: Postgres, migrations: Path
) -> None:
    settings = DatabaseSettings(pool_size=4)
    database = await open_database(own_postgresql.new_database("one"), migrations, settings)
    tried, stored, after = set[int](), set[int](), set[int]()
    begun, over, enough = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def load(worker: int) -> None:
        number = worker
        while not enough.is_set():
            number += 12
            begun_after = over.is_set()
            tried.add(number)
            try:
                if worker % 2:
                    await add(database, number, f"name {number}")
                else:
                    await database.execute(ADD, number, f"name {number}")
            except Unavailable:
                assert not begun_after, "unavailable though the server is back"
                await asyncio.sleep(0.01)
                continue
            stored.add(number)
            if len(stored) >= 50:
                begun.set()
            if begun_after:
                after.add(number)
            if len(after) >= 50:
                enough.set()

    async with asyncio.TaskGroup() as group:
        for worker in range(12):
            group.create_task(load(worker))
        await begun.wait()
        await asyncio.to_thread(own_postgresql.crash)
        over.set()

    there = {row["id"] for row in await database.fetch(dict, "SELECT id FROM things")}
    assert set() == stored - there
    assert set() == there - tried
    assert tried != stored
    await all_connections_are_free(database, settings.pool_size)
    await database.close()


async def all_connections_are_free(database: Database, count: int) -> None:
    """As many transactions as the pool has connections are within it at once."""
    together = asyncio.Barrier(count)

    async def take_one() -> None:
        async with database.transaction() as connection:
            await connection.fetchrow(dict, "SELECT 1")
            await together.wait()

    async with asyncio.timeout(30):
        await asyncio.gather(*(take_one() for _ in range(count)))


def cut_connections(url: str) -> None:
    """End all connections to the database but that of the one who does so."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def all_ends_have_arrived(connections: Iterable[Any]) -> None:
    """Until the process knows that none of these is open."""
    while True:
        if not any(connection.is_open() for connection in connections):
            return
        await asyncio.sleep(0.01)


async def test_connections_that_were_cut_while_nobody_used_them_are_replaced_and_no_request_fails(
    new_postgresql: NewDatabase, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, settings = new_postgresql("one"), DatabaseSettings(pool_size=3)
    database: Any = await open_database(url, migrations, settings)
    give_back, seen = database.give_back, set[Any]()

    async def noted(connection: Any, *, failed: bool) -> None:
        seen.add(connection)
        await give_back(connection, failed=failed)

    monkeypatch.setattr(database, "give_back", noted)
    await add(database, 1, "one")

    for _ in range(settings.pool_size + 1):  # as often as would use up the pool, if each took a place of it
        await all_connections_are_free(database, settings.pool_size)
        await asyncio.to_thread(cut_connections, url)
        await all_ends_have_arrived(seen)
        answers = await asyncio.gather(*(names(database) for _ in range(10)))
        assert [["one"]] * 10 == answers

    await all_connections_are_free(database, settings.pool_size)
    await database.close()


async def test_a_request_that_meets_a_cut_connection_at_the_same_moment_is_unavailable_and_the_next_works(
    new_postgresql: NewDatabase, migrations: Path
) -> None:
    url = new_postgresql("one")
    database = await open_database(url, migrations)
    await asyncio.gather(*(names(database) for _ in range(5)))
    cut_connections(url)
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


async def test_a_statement_that_takes_too_long_is_ended_and_unavailable(
    new_postgresql: NewDatabase, migrations: Path
) -> None:
    settings = DatabaseSettings(pool_size=2, statement_seconds=0.2)
    database = await open_database(new_postgresql("one"), migrations, settings)

    for _ in range(3):
        with pytest.raises(Unavailable):
            await database.fetch(dict, "SELECT pg_sleep(60)")

    await all_connections_are_free(database, settings.pool_size)
    await database.close()


async def test_who_holds_a_row_and_does_nothing_loses_it_to_those_who_wait(
    new_postgresql: NewDatabase, migrations: Path
) -> None:
    url = new_postgresql("one")
    frozen = await open_database(url, migrations, DatabaseSettings(statement_seconds=0.5))
    waiting = await open_database(url, migrations)
    await add(frozen, 1, "one")

    async def freeze() -> None:
        async with frozen.transaction() as connection:
            await connection.execute("UPDATE things SET name = 'two' WHERE id = 1")
            await waiting.execute("UPDATE things SET name = 'three' WHERE id = 1")
            await connection.execute("UPDATE things SET name = 'four' WHERE id = 1")

    with pytest.raises(Unavailable):
        await freeze()

    assert ["three"] == await names(waiting)
    await frozen.close()
    await waiting.close()


async def test_no_more_connections_are_opened_than_the_setting_says_and_the_server_knows_whose_they_are(
    new_postgresql: NewDatabase, migrations: Path
) -> None:
    database = await open_database(new_postgresql("one"), migrations, DatabaseSettings(pool_size=3))

    await asyncio.gather(*(add(database, number, f"name {number}") for number in range(30)))
    rows = await database.fetch(
        dict,
        "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name <> ''",
    )

    assert [f"minishop-{migrations.parent.name}"[:63]] * 3 == [row["application_name"] for row in rows]
    await database.close()


async def test_what_is_under_way_while_it_is_closed_ends_and_closing_waits_for_it(
    new_postgresql: NewDatabase, migrations: Path
) -> None:
    database = await open_database(new_postgresql("one"), migrations)
    under_way = [asyncio.create_task(database.fetchrow(dict, "SELECT 1 AS one FROM pg_sleep(0.3)")) for _ in range(2)]
    await asyncio.sleep(0.1)

    async with asyncio.timeout(30):
        await database.close()

    assert [1, 1] == [row["one"] for row in await asyncio.gather(*under_way) if row]

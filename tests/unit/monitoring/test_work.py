"""The metrics of open work, and of the connections to a database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from minishop_server.kit import metrics
from minishop_server.kit.clock import seconds_of, unix_time
from minishop_server.kit.database import Database, PostgresDatabase, migrations_of, open_database
from minishop_server.kit.metrics import Counter
from minishop_server.kit.outbox import Outbox, store
from minishop_server.kit.settings import DatabaseSettings
from tests.support.outbox import owe
from tests.support.postgres import NewDatabase


@pytest.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    database = await open_database(new_database("orders"), migrations_of("orders"))
    yield database
    await database.close()


async def counted(work: Outbox) -> dict[tuple[str, str], int]:
    return {(row["kind"], row["state"]): row["number"] for row in await work.amounts()}


async def test_jobs_are_counted_by_kind_and_state(database: Database) -> None:
    work = Outbox(database, {})
    await owe(work, "1", "2", "3", kind="ship")
    await owe(work, "1", "2", "3", kind="notify")
    await database.execute("UPDATE work SET parked = 1, error = 'x' WHERE kind = 'notify' AND key <> '1'")
    await database.execute("UPDATE work SET attempts = 1, token = 't' WHERE kind = 'ship' AND key = '2'")
    await database.execute("UPDATE work SET attempts = 9, error = 'x' WHERE kind = 'ship' AND key = '3'")

    assert {
        ("notify", "waiting"): 1,
        ("notify", "parked"): 2,
        ("ship", "waiting"): 1,
        ("ship", "running"): 1,
        ("ship", "retrying"): 1,
    } == await counted(work)


async def test_the_oldest_job_is_one_that_is_due_or_was_tried_and_is_not_parked(database: Database) -> None:
    work = Outbox(database, {})
    await owe(work, "soon", kind="soon", delay=3600)
    await owe(work, "due", kind="due")
    await owe(work, "tried", kind="tried", delay=3600)
    await owe(work, "parked", kind="parked")
    await database.execute("UPDATE work SET attempts = 3, error = 'x' WHERE kind = 'tried'")
    await database.execute("UPDATE work SET parked = 1 WHERE kind = 'parked'")
    await database.execute("UPDATE work SET created_at = '2025-10-09T08:53:20Z' WHERE kind <> 'due'")

    oldest = {row["kind"]: row["oldest"] for row in await work.amounts()}

    assert (None, None) == (oldest["soon"], oldest["parked"])
    assert "2025-10-09T08:53:20Z" == oldest["tried"]
    assert oldest["due"] is not None
    assert abs(seconds_of(oldest["due"]) - unix_time()) < 60


async def test_more_jobs_than_are_counted_do_not_take_longer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_COUNTED", 2)
    work = Outbox(database, {})
    await owe(work, "1", "2", "3", kind="ship")
    await owe(work, "1", "2", "3", kind="notify")
    await database.execute("UPDATE work SET parked = 1 WHERE kind = 'notify'")

    assert {("ship", "waiting"): 2, ("notify", "parked"): 2} == await counted(work)


async def test_an_outcome_is_counted_once_it_is_committed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "FAMILIES", {})
    work, outcomes = Outbox(database, {}), Counter("outcomes_total", "Outcomes.", ("outcome",))

    async def fail() -> None:
        async with work.transaction() as connection:
            connection.count(outcomes, "declined")
            raise RuntimeError

    async with work.transaction() as connection:
        connection.count(outcomes, "paid")
        before = dict(outcomes.rows)
    with pytest.raises(RuntimeError):
        await fail()

    assert ({}, {("paid",): 1}) == (before, outcomes.rows)


async def test_a_pool_tells_its_use_and_the_statements_that_waited(postgresql: str) -> None:
    database = await PostgresDatabase.connect(postgresql, DatabaseSettings(pool_size=2), "one")
    try:
        async with AsyncExitStack() as stack:
            for _ in range(2):
                await stack.enter_async_context(database.transaction())
            third = asyncio.create_task(database.fetchval(int, "SELECT 1"))
            await asyncio.sleep(0)
            full = database.use()
        await third
        free = database.use()
    finally:
        await database.close()

    assert (2, 0, 2, 1) == full
    assert (0, 2, 2, 1) == free

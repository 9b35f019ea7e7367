"""Jobs are done, once as far as the books go, by any process that is left."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from minishop_server.kit import outbox as work_module
from minishop_server.kit.database import Database, PostgresDatabase, open_database
from minishop_server.kit.outbox import Finish, Handler, Job, Outbox, Transaction, store, worker
from minishop_server.kit.problems import Unavailable
from minishop_server.kit.request_context import request_id, trace_context
from minishop_server.kit.trace_context import sent
from tests.support.clocks import turn_forward
from tests.support.migrations import write_revision
from tests.support.outbox import done, idle, noting, owe, owe_and_fail, plain, settled, working
from tests.support.shop import until_none

Books = Callable[[], Awaitable[list[str]]]


@pytest.fixture
async def open_one(database_url: str, tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[Database]]]:
    """Opens the same database again, with the table that the documentation gives: each is a process of its own."""
    sql = re.findall(r"^    (CREATE .*?);", work_module.__doc__ or "", re.DOTALL | re.MULTILINE)
    folder = tmp_path / "migrations"
    folder.mkdir()
    write_revision(folder, "0001", *sql, "CREATE TABLE done (what TEXT)", counted=("work",))
    async with AsyncExitStack() as stack:

        async def open_it() -> Database:
            database = await open_database(database_url, folder)
            stack.push_async_callback(database.close)
            return database

        yield open_it


@pytest.fixture
async def database(open_one: Callable[[], Awaitable[Database]]) -> Database:
    """One process's database."""
    return await open_one()


async def test_what_is_owed_is_done_once_and_its_row_goes_with_the_record(database: Database) -> None:
    async with working(database, plain) as work:
        await owe(work, "a", "b")
        await settled(database)

    assert ["a", "b"] == await done(database)


async def test_a_transaction_that_fails_owes_nothing(database: Database) -> None:
    async with working(database, plain) as work:
        with pytest.raises(RuntimeError):
            await owe_and_fail(work, "a")
        await owe(work, "b")
        await settled(database)

    assert ["b"] == await done(database)


async def test_work_carries_its_payload_and_the_id_of_the_request_that_owed_it(database: Database) -> None:
    async def handler(task: Job) -> Finish:
        return noting(f"{task.payload['n']} {request_id.get()}")

    request_id.set("req-1")
    await owe(Outbox(database, {}), "a", payload={"n": 7})
    request_id.set("req-2")
    async with working(database, handler):
        await settled(database)

    assert ["7 req-1"] == await done(database)


async def test_work_runs_in_the_trace_of_the_request_that_owed_it_also_after_a_restart(
    open_one: Callable[[], Awaitable[Database]],
) -> None:
    async def handler(task: Job) -> Finish | None:
        if task.attempts < 3:
            raise Unavailable
        return noting(f"{task.key} {traced()}")

    def traced() -> str:
        trace = trace_context.get()
        assert trace is not None
        return f"{trace.trace_id} {trace.parent_id} {trace.sampled}"

    parent = sent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    assert parent is not None
    async with (await open_one()).transaction() as connection:  # of a version that knows no traces
        await connection.execute(
            "INSERT INTO work (kind, key, payload, request_id, due, attempts, created_at)"
            " VALUES ('do', 'old', '{}', 'r', 0, 2, '')"
        )
    trace_context.set(parent)
    await owe(Outbox(await open_one(), {}), "a")
    trace_context.set(None)
    database = await open_one()
    async with working(database, handler):
        await settled(database)

    new, old = await done(database)
    assert "a 4bf92f3577b34da6a3ce929d0e0e4736 00f067aa0ba902b7 True" == new
    assert re.fullmatch("old [0-9a-f]{32}  False", old)


async def test_what_a_record_adds_is_done_next(database: Database) -> None:
    async def handler(task: Job) -> Finish:
        async def record(connection: Transaction) -> None:
            await noting(task.key)(connection)
            if len(task.key) < 4:
                connection.add("do", task.key + "a")

        return record

    async with working(database, handler) as work:
        await owe(work, "a")
        await settled(database)

    assert ["a", "aa", "aaa", "aaaa"] == await done(database)


async def test_a_handler_that_fails_is_called_again_after_a_pause(database: Database) -> None:
    tries = list[int]()

    async def handler(task: Job) -> Finish:
        tries.append(task.attempts)
        if task.attempts < 3:
            raise Unavailable
        return noting(task.key)

    async with working(database, handler) as work:
        await owe(work, "a")
        await settled(database)

    assert ([1, 2, 3], ["a"]) == (tries, await done(database))


async def test_a_record_that_fails_takes_nothing_with_it_and_is_tried_again(database: Database) -> None:
    async def handler(task: Job) -> Finish:
        async def record(connection: Transaction) -> None:
            await noting(task.key)(connection)
            if task.key == "bad" and task.attempts == 1:
                raise RuntimeError

        return record

    async with working(database, handler) as work:
        await owe(work, "good", "bad", "fine")
        await settled(database)

    assert ["bad", "fine", "good"] == await done(database)


async def test_work_that_always_fails_is_parked_and_done_once_it_is_resumed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LIMIT", 2)
    broken = True

    async def handler(task: Job) -> Finish:
        if broken:
            raise Unavailable
        return noting(task.key)

    async with working(database, handler) as work:
        await owe(work, "a")
        await settled(database)
        [row] = await work.rows(parked=True, limit=10, before=None)
        assert ("do", "a", 2, "unavailable") == (row["kind"], row["key"], row["attempts"], row["error"])
        broken = False

        assert await work.resume(row["id"]) is not None
        await settled(database)
        assert await work.resume(row["id"]) is None

    assert ["a"] == await done(database)


async def test_to_owe_it_again_makes_it_run_once_more_and_the_run_under_way_records_nothing(
    database: Database,
) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def handler(task: Job) -> Finish:
        if task.payload["n"] == 1:
            begun.set()
            await go.wait()
        return noting(f"{task.key}{task.payload['n']}")

    async with working(database, handler) as work:
        await owe(work, "a", payload={"n": 1})
        await begun.wait()
        await owe(work, "a", payload={"n": 2})
        go.set()
        await settled(database)
        await idle(work, "a")

    assert ["a2"] == await done(database)


async def test_what_a_frozen_process_left_is_done_by_another_and_its_own_end_records_nothing(
    open_one: Callable[[], Awaitable[Database]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LEASE", 0.2)
    one, two = await open_one(), await open_one()
    begun, thawed = asyncio.Event(), asyncio.Event()

    async def freezing(task: Job) -> Finish:
        begun.set()
        await thawed.wait()
        return noting("zombie")

    async with working(one, freezing) as frozen:
        await owe(frozen, "a")
        await begun.wait()
        async with working(two, plain):
            await settled(two)
            thawed.set()
            await idle(frozen, "a")

    assert ["a"] == await done(two)


async def test_two_replicas_share_the_work_and_do_each_piece_once(
    open_one: Callable[[], Awaitable[Database]],
) -> None:
    one, two = await open_one(), await open_one()
    counts = {"one": 0, "two": 0}

    def counting(name: str) -> Handler:
        async def handler(task: Job) -> Finish:
            counts[name] += 1
            await asyncio.sleep(0.001)
            return noting(task.key)

        return handler

    keys = [f"{number:03}" for number in range(200)]
    await owe(Outbox(one, {}), *keys)
    async with working(one, counting("one")), working(two, counting("two")):
        await settled(one)

    assert keys == await done(one)
    assert (200, True, True) == (sum(counts.values()), counts["one"] > 0, counts["two"] > 0)


async def test_what_is_left_when_a_process_stops_is_there_for_the_next_at_once(database: Database) -> None:
    begun = asyncio.Event()

    async def endless(task: Job) -> Finish:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with working(database, endless) as work:
        await owe(work, "a")
        await begun.wait()
    async with asyncio.timeout(store.LEASE / 2), working(database, plain):
        await settled(database)

    assert ["a"] == await done(database)


async def test_work_may_be_owed_for_later(database: Database) -> None:
    async with working(database, plain) as work:
        await owe(work, "later", delay=60.0)
        await owe(work, "now")
        await until_none(database, "SELECT id FROM work WHERE key = 'now'")

    assert ["now"] == await done(database)
    assert ["later"] == [row["key"] for row in await database.fetch(dict, "SELECT key FROM work")]


async def test_a_waiter_sees_what_was_recorded(database: Database) -> None:
    async with working(database, plain) as work:
        await owe(work, "a")

        assert await work.wait("do", "a", 5.0)
        assert ["a"] == await done(database)
        assert not await work.wait("do", "a", 5.0)


async def test_a_replica_whose_clock_is_ahead_takes_no_lease_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes that share a SQLite file share the clock of its machine, too."""
    first, second = store.Store(database), store.Store(database)
    async with database.transaction() as connection:
        transaction = Transaction(connection)
        transaction.add("do", "a")
        (leased,) = await first.insert(transaction, 1)
    if isinstance(database, PostgresDatabase):
        ahead = time.time() + 3600
        monkeypatch.setattr(time, "time", lambda: ahead)

    assert [] == await second.claim(10)
    await first.put_off(leased, 0, "later")
    assert ["a"] == [task.key for task in await second.claim(10)]


async def test_a_clock_that_is_turned_forward_ends_leases_and_pauses(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = store.Store(database)
    async with database.transaction() as connection:
        transaction = Transaction(connection)
        transaction.add("do", "leased")
        transaction.add("do", "later", delay=3600)
        await jobs.insert(transaction, 1)
    assert [] == await jobs.claim(10)

    turn_forward(monkeypatch, store.LEASE)
    assert ["leased"] == [job.key for job in await jobs.claim(10)]
    turn_forward(monkeypatch, 3600 + store.LEASE)
    assert ["later", "leased"] == sorted(job.key for job in await jobs.claim(10))

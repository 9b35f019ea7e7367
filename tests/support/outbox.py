"""To owe work, to do it, and to see that it was done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from minishop_server.kit.database import Database
from minishop_server.kit.outbox import Finish, Handler, Job, Outbox, Transaction
from tests.support.shop import until_none


def noting(what: str) -> Finish:
    """Records in the database that something was done."""

    async def record(connection: Transaction) -> None:
        await connection.execute("INSERT INTO done (what) VALUES ($1)", what)

    return record


async def done(database: Database) -> list[str]:
    """The records."""
    return [row["what"] for row in await database.fetch(dict, "SELECT what FROM done ORDER BY what")]


async def owe(work: Outbox, *keys: str, kind: str = "do", **more: Any) -> None:
    """Owe something, in a transaction of its own."""
    async with work.transaction() as connection:
        for key in keys:
            connection.add(kind, key, **more)


async def owe_and_fail(work: Outbox, key: str) -> None:
    """Owe something in a transaction that is rolled back."""
    async with work.transaction() as connection:
        connection.add("do", key)
        raise RuntimeError


async def settled(database: Database) -> None:
    """Wait until only parked jobs are left."""
    await until_none(database, "SELECT id FROM work WHERE parked = 0")


async def idle(work: Outbox, key: str) -> None:
    """Until the process is at nothing of this key, whether its lease holds or not."""
    async with asyncio.timeout(10):
        while await work.wait("do", key, 10):
            pass


@asynccontextmanager
async def working(database: Database, handler: Handler) -> AsyncIterator[Outbox]:
    """A process that does one kind of work."""
    work = Outbox(database, {"do": handler})
    async with work.running():
        yield work


async def plain(task: Job) -> Finish:
    """Does it at once."""
    return noting(task.key)

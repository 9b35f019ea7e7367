"""All the SQL of the table `work`."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import structlog

from ..clock import now
from ..database import Connection, Database, Row, SqliteDatabase
from ..request_context import request_id

EPOCH = "EXTRACT(EPOCH FROM statement_timestamp()) * 1000"
JULIAN = "(julianday('now') - 2440587.5) * 86400000"
"""Now, in milliseconds since 1970."""
LEASE = 20.0
"""Seconds that a claimed row is left to its claimer."""
TASK = "id, kind, key, payload, request_id, token, attempts"
SHOWN = "id, kind, key, attempts, error, created_at"


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A leased row of work."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    request_id: str
    token: str
    attempts: int
    """Which try this is, from 1."""
    tried: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the handler has come to its end."""


class Transaction:
    """A connection within a transaction, which takes what it shall leave to be done."""

    def __init__(self, connection: Connection) -> None:
        self.fetch, self.fetchrow, self.fetchval = connection.fetch, connection.fetchrow, connection.fetchval
        self.execute = connection.execute
        self.added: dict[tuple[str, str], tuple[bytes, str, float]] = {}

    def add(self, kind: str, key: str, payload: dict[str, Any] | None = None, *, delay: float = 0.0) -> None:
        """Owe this from the commit on, or some seconds later. The payload must hold no secret: it is stored."""
        self.added[kind, key] = orjson.dumps(payload or {}), request_id.get(), delay


Finish = Callable[[Transaction], Awaitable[None]]


class Store:
    """Rows of work."""

    def __init__(self, database: Database) -> None:
        self.database = database
        embedded = isinstance(database, SqliteDatabase)
        self._skip = "" if embedded else "FOR UPDATE SKIP LOCKED"  # SQLite: one writer
        # The clock of the database, which all replicas share; a file is on the machine of its processes.
        self._now = f"CAST({JULIAN if embedded else EPOCH} AS BIGINT)"

    async def insert(self, transaction: Transaction, room: int) -> list[Job]:
        """Write what the transaction added; what of it, up to `room`, is leased at once."""
        values, args = list[str](), list[Any]()
        for (kind, key), (payload, request, delay) in transaction.added.items():
            lease = delay == 0 and len(values) < room
            token, due = (secrets.token_hex(8), _ms(LEASE)) if lease else (None, _ms(delay))
            places = [f"${len(args) + place}" for place in range(1, 9)]
            places[4] = f"{self._now} + CAST({places[4]} AS BIGINT)"
            values.append(f"({', '.join(places)})")
            args += kind, key, payload.decode(), request, due, token, int(lease), now()
        rows = await transaction.fetch(
            "INSERT INTO work (kind, key, payload, request_id, due, token, attempts, created_at)"
            f" VALUES {', '.join(values)} ON CONFLICT (key, kind) DO UPDATE SET payload = excluded.payload,"
            " request_id = excluded.request_id, due = excluded.due, token = excluded.token,"
            f" attempts = excluded.attempts, parked = 0, error = NULL RETURNING {TASK}",
            *args,
        )
        return [_task(row) for row in rows if row["token"] is not None]

    async def next_due(self) -> float | None:
        """Seconds until the next row is due, 0 or less where one is; None where nothing is owed."""
        row = await self.database.fetchrow(f"SELECT MIN(due) - {self._now} AS wait FROM work WHERE parked = 0")
        return None if row is None or row["wait"] is None else float(row["wait"] / 1000)

    async def claim(self, limit: int) -> list[Job]:
        """Lease what is due, the longest waiting first."""
        async with self.database.transaction() as connection:
            rows = await connection.fetch(
                "WITH free AS MATERIALIZED (SELECT id FROM work WHERE parked = 0"
                f" AND due <= {self._now} ORDER BY due LIMIT $1 {self._skip})"
                f" UPDATE work SET token = CAST($2 AS TEXT) || '-' || id, due = {self._now} + CAST($3 AS BIGINT),"
                f" attempts = attempts + 1 WHERE id IN (SELECT id FROM free) RETURNING {TASK}",
                limit,
                secrets.token_hex(8),
                _ms(LEASE),
            )
        return [_task(row) for row in rows]

    async def finish(self, transaction: Transaction, done: Sequence[tuple[Job, Finish | None]]) -> None:
        """Delete these rows and record what came of them; of those whose lease is lost, nothing."""
        count = len(done)
        ids, tokens = (", ".join(f"${n}" for n in range(first, first + count)) for first in (1, count + 1))
        rows = await transaction.fetch(
            f"DELETE FROM work WHERE id IN ({ids}) AND token IN ({tokens}) RETURNING token",
            *(task.id for task, _ in done),
            *(task.token for task, _ in done),
        )
        held = {row["token"] for row in rows}
        for task, record in done:
            if task.token not in held:
                structlog.get_logger().warning("work_lease_lost", kind=task.kind, key=task.key)
            elif record is not None:
                request_id.set(task.request_id)
                await record(transaction)

    async def put_off(self, task: Job, seconds: float, cause: str, *, park: bool = False) -> None:
        """Give the lease back: to be tried again in so many seconds, or once an admin resumes it."""
        async with self.database.transaction() as connection:
            await connection.execute(
                f"UPDATE work SET token = NULL, due = {self._now} + CAST($3 AS BIGINT), parked = $4, error = $5"
                " WHERE id = $1 AND token = $2",
                task.id,
                task.token,
                _ms(seconds),
                int(park),
                cause,
            )

    async def rows(self, *, parked: bool, limit: int, before: int | None) -> list[Row]:
        """What is owed and parked, or not parked, the newest first."""
        return await self.database.fetch(
            f"SELECT {SHOWN} FROM work WHERE parked = $1 AND (CAST($2 AS INTEGER) IS NULL OR id < $2)"
            " ORDER BY id DESC LIMIT $3",
            int(parked),
            before,
            limit,
        )

    async def resume(self, id: int) -> Row | None:
        """Work that is parked or put off, due now as if it were new; None where there is none of that number."""
        async with self.database.transaction() as connection:
            return await connection.fetchrow(
                f"UPDATE work SET parked = 0, attempts = 0, due = {self._now} WHERE id = $1 AND token IS NULL"
                f" RETURNING {SHOWN}",
                id,
            )


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _task(row: Row) -> Job:
    fields = dict(row)
    return Job(**{**fields, "payload": orjson.loads(fields["payload"])})

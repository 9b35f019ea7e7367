"""All the SQL of the table `work`."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

import orjson
import structlog

from ..clock import Timestamp, now
from ..database import Connection, Database, Listing, columns, places
from ..metrics import Counter
from ..request_context import request_id, trace_context
from ..spans import send_job
from ..trace_context import TraceContext, received

LEASE = 20.0
"""Seconds that a claimed row is left to its claimer."""
MOST_COUNTED = 1_000
"""Rows that are counted for the metrics, of parked ones and of others, so that counting never takes long."""


class JobRow(TypedDict):
    """The columns of a job, which has a token where it is leased."""

    id: int
    kind: str
    key: str
    payload: str
    request_id: str
    traceparent: str
    token: str | None
    attempts: int


class WorkRow(TypedDict):
    """The columns that an admin sees."""

    id: int
    kind: str
    key: str
    attempts: int
    error: str | None
    created_at: Timestamp


class AmountRow(TypedDict):
    """The number of jobs of a kind in a state."""

    kind: str
    state: Literal["waiting", "running", "retrying", "parked"]
    number: int
    oldest: Timestamp | None
    """When the oldest was added that is due or was tried, and is not parked."""


class TokenRow(TypedDict):
    token: str


STATE = "CASE WHEN token IS NOT NULL THEN 'running' WHEN error IS NOT NULL THEN 'retrying' ELSE 'waiting' END"
JOB = columns(JobRow)
WORK = columns(WorkRow)


@dataclass(slots=True, eq=False)
class Job:
    """A leased row of work."""

    id: int
    kind: str
    key: str
    payload: Any
    """The JSON that was added: a handler names its `TypedDict`."""
    request_id: str
    trace: TraceContext
    """The span of this try."""
    token: str
    attempts: int
    """Which try this is, from 1."""
    known: object = None
    """The object that was added with the job, where it starts with the transaction that added it."""
    result: object = None
    """The value of its `Finish`, once that is committed."""
    tried: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the handler has come to its end."""


class Transaction:
    """A connection within a transaction, which collects new jobs."""

    def __init__(self, connection: Connection) -> None:
        self.fetch, self.fetchrow, self.fetchval = connection.fetch, connection.fetchrow, connection.fetchval
        self.execute, self.fetchrow_guarded = connection.execute, connection.fetchrow_guarded
        self.added: dict[tuple[str, str], tuple[bytes, str, str, float]] = {}
        self.known: dict[tuple[str, str], object] = {}
        self.counted: list[tuple[Counter, tuple[str, ...]]] = []

    def count(self, counter: Counter, *labels: str) -> None:
        """Count one more once it is committed."""
        self.counted.append((counter, labels))

    def add(
        self,
        kind: str,
        key: str,
        payload: Mapping[str, object] | None = None,
        *,
        delay: float = 0.0,
        known: object = None,
    ) -> None:
        """Add a job that is due at the commit or `delay` seconds later.

        Args:
            payload: is stored, so it must not contain a secret.
            known: spares the handler a reading if the job starts here and now; it is not stored.
        """
        self.added[kind, key] = orjson.dumps(payload or {}), request_id.get(), send_job(kind), delay
        self.known[kind, key] = known


Finish = Callable[[Transaction], Awaitable[object]]
"""Records the result of a job, and returns a value for the callers that wait for the job."""


class Store:
    """Rows of work."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._skip = "" if database.system == "sqlite" else "FOR UPDATE SKIP LOCKED"  # SQLite: one writer
        self._now, self._now_argument = database.shared_now, database.shared_now_argument

    async def insert(self, transaction: Transaction, room: int) -> list[Job]:
        """Write the jobs that the transaction added, and lease up to `room` of them at once."""
        values, args = list[str](), list[Any]([self._now_argument()])
        for (kind, key), (payload, request, parent, delay) in transaction.added.items():
            lease = delay == 0 and len(values) < room
            token, due = (secrets.token_hex(8), _ms(LEASE)) if lease else (None, _ms(delay))
            first = len(args) + 1
            due_at = f"{self._now} + CAST(${first} AS BIGINT)"
            others = kind, key, payload.decode(), request, parent, token, int(lease), now()
            values.append(f"({due_at}, {places(first + 1, others)})")
            args += due, *others
        rows = await transaction.fetch(
            JobRow,
            f"""
            INSERT INTO work (due, kind, key, payload, request_id, traceparent, token, attempts, created_at)
            VALUES {", ".join(values)}
            ON CONFLICT (key, kind) DO UPDATE SET
                due = excluded.due,
                payload = excluded.payload,
                request_id = excluded.request_id,
                traceparent = excluded.traceparent,
                token = excluded.token,
                attempts = excluded.attempts,
                parked = 0,
                error = NULL
            RETURNING {JOB}
            """,
            *args,
        )
        known = transaction.known
        return [_job(row, row["token"], known[row["kind"], row["key"]]) for row in rows if row["token"] is not None]

    async def next_due(self) -> float | None:
        """Seconds until the next job is due, at most 0 if one is due, or None if there is no job."""
        sql = f"SELECT MIN(due) - {self._now} FROM work WHERE parked = 0"
        wait = await self.database.fetchval(int, sql, self._now_argument())
        return None if wait is None else wait / 1000

    async def claim(self, limit: int) -> list[Job]:
        """Lease due jobs, the longest waiting first."""
        async with self.database.transaction() as connection:
            rows = await connection.fetch(
                JobRow,
                f"""
                WITH free AS MATERIALIZED (
                    SELECT id FROM work WHERE parked = 0 AND due <= {self._now}
                    ORDER BY due LIMIT {limit:d} {self._skip}
                )
                UPDATE work
                SET token = CAST($2 AS TEXT) || '-' || id,
                    due = {self._now} + CAST($3 AS BIGINT),
                    attempts = attempts + 1
                WHERE id IN (SELECT id FROM free)
                RETURNING {JOB}
                """,
                self._now_argument(),
                secrets.token_hex(8),
                _ms(LEASE),
            )
        return [_job(row, row["token"]) for row in rows if row["token"] is not None]

    async def finish(
        self, transaction: Transaction, done: Sequence[tuple[Job, Finish | None]]
    ) -> list[tuple[Job, object]]:
        """Delete these rows and record their results, except for rows whose lease is lost.

        Returns the value of each record.
        """
        ids, tokens = [job.id for job, _ in done], [job.token for job, _ in done]
        rows = await transaction.fetch(
            TokenRow,
            f"""
            DELETE FROM work
            WHERE id IN ({places(1, ids)}) AND token IN ({places(1 + len(ids), tokens)})
            RETURNING token
            """,
            *ids,
            *tokens,
        )
        held = {row["token"] for row in rows}
        results = list[tuple[Job, object]]()
        for job, record in done:
            if job.token not in held:
                structlog.get_logger().warning("work_lease_lost", kind=job.kind, key=job.key)
            elif record is not None:
                request_id.set(job.request_id)
                trace_context.set(job.trace)
                results.append((job, await record(transaction)))
        return results

    async def put_off(self, job: Job, seconds: float, cause: str, *, park: bool = False) -> None:
        """Give the lease back: to be tried again in so many seconds, or once an admin resumes it."""
        async with self.database.transaction() as connection:
            await connection.execute(
                f"""
                UPDATE work
                SET token = NULL, due = {self._now} + CAST($2 AS BIGINT), parked = $3, error = $4
                WHERE id = $5 AND token = $6
                """,
                self._now_argument(),
                _ms(seconds),
                int(park),
                cause,
                job.id,
                job.token,
            )

    async def is_owed(self, kind: str, key: str) -> bool:
        """Whether there is such a row."""
        sql = "SELECT 1 FROM work WHERE key = $1 AND kind = $2"
        return await self.database.fetchval(int, sql, key, kind) is not None

    async def rows(self, *, parked: bool, limit: int, before: int | None) -> list[WorkRow]:
        """The open jobs, parked or not, the newest first."""
        after = None if before is None else [before]
        listing = Listing("work", WorkRow, descending=True, after=after, always=[f"parked = {int(parked)}"])
        return await listing.page(self.database, WorkRow, limit)

    async def amounts(self) -> list[AmountRow]:
        """The number of jobs by kind and state, up to `MOST_COUNTED`."""
        return await self.database.fetch(
            AmountRow,
            f"""
            SELECT kind, state, COUNT(*) AS number, MIN(begun) AS oldest
            FROM (
                SELECT kind, state, begun FROM (
                    SELECT kind, {STATE} AS state,
                        CASE WHEN attempts > 0 OR due <= {self._now} THEN created_at END AS begun
                    FROM work WHERE parked = 0 ORDER BY due LIMIT {MOST_COUNTED}
                ) AS open
                UNION ALL
                SELECT kind, 'parked', NULL FROM (
                    SELECT kind FROM work WHERE parked = 1 ORDER BY id LIMIT {MOST_COUNTED}
                ) AS parked
            ) AS counted
            GROUP BY kind, state
            """,
            self._now_argument(),
        )

    async def resume(self, id: int) -> WorkRow | None:
        """The parked or delayed job, due now with no attempts, or None if the number is that of no such job."""
        async with self.database.transaction() as connection:
            return await connection.fetchrow(
                WorkRow,
                f"""
                UPDATE work
                SET parked = 0, attempts = 0, due = {self._now}
                WHERE id = $2 AND token IS NULL
                RETURNING {WORK}
                """,
                self._now_argument(),
                id,
            )


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _job(row: JobRow, token: str, known: object = None) -> Job:
    payload, trace = orjson.loads(row["payload"]), received(row["traceparent"])
    return Job(row["id"], row["kind"], row["key"], payload, row["request_id"], trace, token, row["attempts"], known)

"""Work being done: claimed, tried, put off or recorded."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress

import structlog

from ..clock import monotonic
from ..database import Database
from ..logging import trace
from ..problems import Problem
from ..request_context import request_id, trace_context
from ..spans import process_job
from .store import LEASE, AmountRow, Finish, Job, Store, Transaction, WorkRow

TRY = LEASE * 0.75
"""The timeout of a handler in seconds: its calls end before another worker may claim its row."""
POLL = 1.0
"""The maximum number of seconds between two polls for jobs of other processes."""
PAUSE, LONGEST_PAUSE, LIMIT = 0.1, 20.0, 60
"""The first pause, the longest, and the tries until work is parked: a quarter of an hour."""
ROOM = 64
"""Jobs at a time in one process."""
LINGER = 0.25
"""Seconds that a finished job waits for others to share their transaction; not if a caller waits.

The jobs after a payment take some 10 to 60 ms, the mail the longest, and more on a busy machine: with 20 ms here it was
recorded in two pieces.
"""

Handler = Callable[[Job], Awaitable[Finish | None]]


class Outbox:
    """Runs the jobs of a service by `handlers`, one for each kind."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler]) -> None:
        self._store, self._handlers = Store(database), handlers
        self._open = False
        self._wake, self._hurry = asyncio.Event(), asyncio.Event()
        self._running: dict[Job, asyncio.Task[None]] = {}
        self._awaited: set[Job] = set()
        self._finished: list[tuple[Job, Finish | None, asyncio.Future[None]]] = []
        self._flusher: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A database transaction whose new jobs start after the commit."""
        async with self._store.database.transaction() as connection:
            transaction = Transaction(connection)
            yield transaction
            room = ROOM - len(self._running) if self._open else 0
            mine = await self._store.insert(transaction, room) if transaction.added else []
        for counter, labels in transaction.counted:
            counter.add(*labels)
        for job in mine:
            self._start(job)

    async def wait(self, kind: str, key: str, seconds: float, *, recorded: bool = True) -> Job | None:
        """Wait until this process has tried the job, or return None at once if it does not run here.

        Args:
            recorded: wait until its result is stored too.
        """
        job = next((job for job in self._running if (job.kind, job.key) == (kind, key)), None)
        if job is None:
            return None
        if recorded:
            self._awaited.add(job)
            self._hurry.set()
            await asyncio.wait([self._running[job]], timeout=seconds)
        else:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await job.tried.wait()
        return job

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run jobs while the block lasts.

        At its end, unfinished jobs are free for other processes at once.
        """
        self._open = True
        rounds = asyncio.create_task(self._rounds())
        try:
            yield
        finally:
            self._open = False
            rounds.cancel()
            await asyncio.wait([rounds])
            if self._flusher is not None:
                await asyncio.wait([self._flusher])
            left = dict(self._running)
            for running in left.values():
                running.cancel()
            if left:
                await asyncio.wait(left.values())
            for job in left:
                await self._put_off(job, 0.0, "stopped")

    async def is_owed(self, kind: str, key: str) -> bool:
        """Whether the job is not done yet, in any process."""
        return await self._store.is_owed(kind, key)

    async def rows(self, *, parked: bool, limit: int, before: int | None) -> list[WorkRow]:
        """The open jobs, parked or not, the newest first."""
        return await self._store.rows(parked=parked, limit=limit, before=before)

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of its jobs."""
        return self._handlers.keys()

    async def amounts(self) -> list[AmountRow]:
        """The number of jobs by kind and state, up to a thousand."""
        return await self._store.amounts()

    async def resume(self, id: int) -> WorkRow | None:
        """Try a parked or delayed job now with no attempts, or return None if the number is that of no such job."""
        row = await self._store.resume(id)
        self._wake.set()
        return row

    async def _rounds(self) -> None:
        while True:
            self._wake.clear()
            pause = POLL * random.uniform(0.5, 1.0)
            try:
                pause = min(pause, await self._claim())
            except Exception as error:
                structlog.get_logger().error("work_not_claimed", exception=trace(error))
            with suppress(TimeoutError):  # not wait_for: before Python 3.12 it may swallow the end of the service
                async with asyncio.timeout(pause):
                    await self._wake.wait()

    async def _claim(self) -> float:
        """Start due jobs and return the seconds until more may be due."""
        room = ROOM - len(self._running)
        due = await self._store.next_due()
        if room <= 0 or due is None:
            return POLL
        if due > 0:
            return due
        jobs = await self._store.claim(room)
        for job in jobs:
            self._start(job)
        return 0.0 if jobs else POLL

    def _start(self, job: Job) -> None:
        def ended(_: asyncio.Task[None]) -> None:
            del self._running[job]
            self._awaited.discard(job)
            if len(self._running) == ROOM - 1:
                self._wake.set()

        self._running[job] = running = asyncio.create_task(self._run(job))
        running.add_done_callback(ended)

    async def _run(self, job: Job) -> None:
        request_id.set(job.request_id)
        trace_context.set(job.trace)
        started, cause = monotonic(), None
        try:
            if job.attempts > LIMIT:
                raise TimeoutError("The process ended in the last try.")
            async with asyncio.timeout(TRY):
                finish = await self._handlers[job.kind](job)
            job.tried.set()
            await self._record(job, finish)
        except Exception as error:
            cause = error.code if isinstance(error, Problem) else type(error).__name__
            log = structlog.get_logger().bind(kind=job.kind, key=job.key, attempts=job.attempts, cause=cause)
            log.warning("work_put_off", **({} if isinstance(error, Problem) else {"exception": trace(error)}))
            pause = min(LONGEST_PAUSE, PAUSE * 2**job.attempts) * random.uniform(0.5, 1.0)
            job.tried.set()
            await self._put_off(job, pause, cause)
        process_job(job.kind, job.id, job.trace, monotonic() - started, cause)

    async def _put_off(self, job: Job, seconds: float, cause: str) -> None:
        try:
            await self._store.put_off(job, seconds, cause, park=job.attempts >= LIMIT)
        except Exception as error:  # its lease ends by itself
            structlog.get_logger().error("work_not_put_off", key=job.key, exception=trace(error))
        self._wake.set()

    async def _record(self, job: Job, finish: Finish | None) -> None:
        """Record the result, in one transaction with jobs that finish at about the same time."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._finished.append((job, finish, done))
        if job in self._awaited or len(self._finished) == len(self._running):  # nothing else is under way
            self._hurry.set()
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush())
        await done

    async def _flush(self) -> None:
        while self._finished:
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER):
                    await self._hurry.wait()
            self._hurry.clear()
            batch, self._finished = self._finished, []
            if not await self._finish(batch):
                for one in batch:  # each by itself, so that only one fails
                    await self._finish([one])

    async def _finish(self, batch: list[tuple[Job, Finish | None, asyncio.Future[None]]]) -> bool:
        """Store the results of jobs, or the failure of a single one.

        False means that several jobs failed together and each must be tried alone.
        """
        failure: Exception | None = None
        try:
            async with self.transaction() as transaction:
                results = await self._store.finish(transaction, [(job, record) for job, record, _ in batch])
            for job, result in results:
                job.result = result
        except Exception as error:
            if len(batch) > 1:
                return False
            failure = error
        for _, _, done in batch:
            if done.cancelled():
                continue
            if failure is None:
                done.set_result(None)
            else:
                done.set_exception(failure)
        return True

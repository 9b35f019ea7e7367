"""Work that goes on beside the requests of a service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog

from .logging import trace
from .outbox import Outbox
from .request_context import new_request_id, request_id, trace_context
from .trace_context import new_trace

RESUME_SECONDS = 600.0
CLEANING_SECONDS = 600.0
"""Seconds between two removals of old rows."""


@asynccontextmanager
async def repeating(work: Callable[[], Awaitable[None]], seconds: float) -> AsyncIterator[None]:
    """Run `work` periodically while the block lasts.

    An error in a round is logged and does not stop the next round.
    """

    async def rounds() -> None:
        while True:
            await asyncio.sleep(seconds)  # first of all: at the start, the peers that the work asks may not be up
            request_id.set(new_request_id())  # a round's calls and lines belong together
            trace_context.set(new_trace())
            try:
                await work()
            except Exception as error:
                structlog.get_logger().error("background_round_failed", exception=trace(error))

    async with beside(rounds()):
        yield


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run `work` beside the block, at whose end it is cancelled."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def first_of(*events: asyncio.Event) -> None:
    """Wait until one of these events is set."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()


@asynccontextmanager
async def resuming(work: Outbox) -> AsyncIterator[None]:
    """Take up parked work again from time to time, in a service that shows it to no admin who could."""

    async def resume() -> None:
        before: int | None = None
        while rows := await work.rows(parked=True, limit=100, before=before):
            for row in rows:
                await work.resume(row["id"])
            before = rows[-1]["id"]

    async with repeating(resume, RESUME_SECONDS):
        yield

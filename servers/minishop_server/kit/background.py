"""Work that goes on beside the requests of a service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog

from .logging import trace

FIRST_ROUND = 1.0
"""Seconds: the peers that the work asks may be starting too."""


@asynccontextmanager
async def repeating(work: Callable[[], Awaitable[None]], seconds: float) -> AsyncIterator[None]:
    """Run `work` now and again, as long as the block lasts; a failed round is logged and the next one comes."""

    async def rounds() -> None:
        await asyncio.sleep(FIRST_ROUND)
        while True:
            try:
                await work()
            except Exception as error:
                structlog.get_logger().error("background_round_failed", exception=trace(error))
            await asyncio.sleep(seconds)

    task = asyncio.create_task(rounds())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

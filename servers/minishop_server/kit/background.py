"""Work that goes on beside the requests of a service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog


@asynccontextmanager
async def repeating(work: Callable[[], Awaitable[None]], seconds: float) -> AsyncIterator[None]:
    """Run `work` now and again, as long as the block lasts; a failed round is logged and the next one comes."""

    async def rounds() -> None:
        while True:
            try:
                await work()
            except Exception:
                structlog.get_logger().exception("background_round_failed")
            await asyncio.sleep(seconds)

    task = asyncio.create_task(rounds())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

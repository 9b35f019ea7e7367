"""The request and response of a connection, which may be refused in the middle of its body."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from ...kit.problems import Problem


class Watched:
    """Takes the place of a cycle's `receive`, and may fail."""

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._cycle = cycle
        self._receive = cycle.receive
        self._problem: Problem | None = None
        cycle.receive = self  # type: ignore[method-assign]

    async def __call__(self) -> Any:
        """The next part of the body, or the problem as an exception."""
        message = await self._receive()
        if self._problem is not None:
            raise self._taken(self._problem)
        return message

    def _taken(self, problem: Problem) -> Problem:
        """The problem, in a new object each time: a raised exception would keep the body alive."""
        self._problem = None
        return problem

    def fail(self, problem: Problem) -> None:
        """Raise this problem in the reader of the body."""
        self._problem = problem
        self._cycle.keep_alive = False
        self._cycle.message_event.set()


class Lingering:
    """The transport of a cycle, which is not closed at once."""

    def __init__(self, transport: asyncio.Transport, close: Callable[[], None]) -> None:
        self.write = transport.write
        self.is_closing = transport.is_closing
        self.close = close


def nothing() -> None:
    """No request follows the one that was refused."""

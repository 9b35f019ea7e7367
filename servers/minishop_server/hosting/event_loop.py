"""The event loop of a server: uvloop's, or asyncio's on Windows, where there is no uvloop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

try:
    import uvloop
except ModuleNotFoundError:
    new_event_loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
else:
    new_event_loop = uvloop.new_event_loop


def run(main: Coroutine[Any, Any, None]) -> None:
    """The same as `asyncio.run`, in such a loop."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(main)

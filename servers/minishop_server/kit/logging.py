"""Logs as JSON lines on standard error."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import traceback
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict

_STDERR = 2
_requests_are_logged = False
_waiting: list[str] = []
_MOST_WAITING = 12
"""Lines of the longest kind that fit into the 4 KiB which a pipe takes in one piece, whoever else writes to it."""


def configure_logging(level: int = logging.INFO) -> None:
    """Write JSON lines to standard error, those of libraries too, from warnings upwards."""
    global _requests_are_logged
    _requests_are_logged = level <= logging.INFO
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.JSONRenderer(serializer=orjson.dumps),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _traced,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)


def write_request(line: str) -> None:
    """Write the line of a request, past structlog, which takes longer than all the rest of it.

    The requests that end in one turn of the event loop are written together at its end, when their answers leave too:
    a process that is killed loses no more than the lines of that turn. Nothing is written before `configure_logging`,
    and where that asks for more than `INFO`.
    """
    if not _requests_are_logged:
        return
    _waiting.append(line)
    if len(_waiting) == 1:
        asyncio.get_running_loop().call_soon(_write_waiting)
    elif len(_waiting) >= _MOST_WAITING:
        _write_waiting()


def _write_waiting() -> None:
    lines = "".join(_waiting).encode()
    _waiting.clear()
    if lines:  # else they went before, being many
        os.write(_STDERR, lines)


def _traced(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """What libraries log of an exception, without its message."""
    _, error, _ = event.pop("exc_info", None) or (None, None, None)  # a tuple: the record was made by `logging`
    return event if error is None else {**event, "exception": trace(error)}


def trace(error: BaseException) -> str:
    """Types and lines of an exception and its causes; no messages: they may quote the request."""
    lines = [*traceback.format_tb(error.__traceback__), type(error).__qualname__]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return (trace(cause) + "\n\nled to\n\n" if cause else "") + "".join(lines)

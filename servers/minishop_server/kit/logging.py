"""Logs as JSON lines on standard error."""

from __future__ import annotations

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
    """Write the line of a request, in one piece and past structlog, which takes longer than all the rest of it.

    Nothing is written before `configure_logging`, and where that asks for more than `INFO`.
    """
    if _requests_are_logged:
        os.write(_STDERR, line.encode())


def _traced(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """What libraries log of an exception, without its message."""
    _, error, _ = event.pop("exc_info", None) or (None, None, None)  # a tuple: the record was made by `logging`
    return event if error is None else {**event, "exception": trace(error)}


def trace(error: BaseException) -> str:
    """Types and lines of an exception and its causes; no messages: they may quote the request."""
    lines = [*traceback.format_tb(error.__traceback__), type(error).__qualname__]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return (trace(cause) + "\n\nled to\n\n" if cause else "") + "".join(lines)

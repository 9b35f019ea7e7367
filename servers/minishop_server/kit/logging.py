"""The log, on standard error and without secrets: lines of JSON, or for a person who looks on.

Every line that is written during a request carries its id, its trace and the service, also those of libraries.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import traceback
from typing import Any, Literal

import orjson
import structlog
from structlog.typing import EventDict

from .clock import now_as_datetime
from .redaction import redacted, redacted_looks
from .request_context import NO_REQUEST, current_service, request_id, trace_context
from .settings import LogLevel

_STDERR = 2
least = logging.CRITICAL
"""The level from which on lines of requests are written."""
as_json = True
"""Whether lines are JSON."""
_waiting: list[str] = []
_MOST_WAITING = 12
"""Lines of the longest kind that fit into the 4 KiB which a pipe writes atomically."""


def configure_logging(level: LogLevel = "info", form: Literal["json", "console"] | None = None) -> None:
    """Write lines to standard error, those of libraries and Python's warnings too, from warnings upwards.

    Args:
        level: the least that is written.
        form: `console` where standard error is a terminal, else `json`, if it is not said.
    """
    global least, as_json
    least = logging.getLevelNamesMapping()[level.upper()]
    as_json = form == "json" or (form is None and not sys.stderr.isatty())
    shared: list[Any] = [
        structlog.processors.add_log_level,
        _with_time,
        _of_request,
    ]
    renderer: Any = structlog.processors.JSONRenderer(serializer=_json)
    if not as_json:
        coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        renderer = structlog.dev.ConsoleRenderer(colors=coloured, timestamp_key="time", pad_event_to=0)
    structlog.configure(
        processors=[*shared, without_secrets, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                _of_asyncio,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_secrets,
                renderer,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(least, logging.WARNING), force=True)
    logging.captureWarnings(True)


def write_request(line: str, level: int = logging.INFO) -> None:
    """Write the line of a request, past structlog, which takes longer than all the rest of it.

    It is JSON of names of ours, numbers and ids, and so needs no redaction. The requests that end in one turn of the
    event loop are written together at its end, when their answers leave too: a process that is killed loses no more
    than the lines of that turn. Nothing is written before `configure_logging`, and where that asks for a higher level.
    """
    if level < least:
        return
    if not as_json:
        shown = {name: value for name, value in orjson.loads(line).items() if name not in ("level", "time")}
        structlog.get_logger().log(level, **shown)
        return
    _waiting.append(line)
    if len(_waiting) == 1:
        asyncio.get_running_loop().call_soon(_write_waiting)
    elif len(_waiting) >= _MOST_WAITING:
        _write_waiting()


def _json(event: EventDict, **_: Any) -> str:
    try:
        return orjson.dumps(event).decode()
    except TypeError:  # half of a surrogate pair, which a library may quote
        return json.dumps(event)


def _write_waiting() -> None:
    lines = "".join(_waiting).encode()
    _waiting.clear()
    if lines:  # else they went before, being many
        os.write(_STDERR, lines)


def without_secrets(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The processor that redacts all log lines except those of requests.

    See `redaction`. An exception becomes its `trace`.
    """
    error = _error(event.pop("exc_info", None))
    code = event.pop("exception", None) if error is None else trace(error)
    event.pop("stack_info", None)
    told = {name: redacted(value, name) for name, value in event.items()}
    return told if code is None else {**told, "exception": redacted_looks(str(code))}


def trace(error: BaseException) -> str:
    """Types and lines of an exception and its causes, without messages, because those may quote the request."""
    lines = [*traceback.format_tb(error.__traceback__), type(error).__qualname__]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return (trace(cause) + "\n\nled to\n\n" if cause else "") + "".join(lines)


def _with_time(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The processor that adds the time."""
    event["time"] = now_as_datetime().isoformat().replace("+00:00", "Z")
    return event


def _of_request(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The processor that says whose line it is."""
    if (service := current_service.get()) is not None:
        event.setdefault("service", service)
    if (request := request_id.get()) != NO_REQUEST:
        event.setdefault("request_id", request)
    if (trace := trace_context.get()) is not None:
        event.setdefault("trace_id", trace.trace_id)
        event.setdefault("span_id", trace.span_id)
    return event


def _error(told: Any) -> BaseException | None:
    """The exception of `exc_info`, which is one, or a tuple with one, or a wish for the one that is being handled."""
    if isinstance(told, BaseException):
        return told
    if isinstance(told, tuple):
        return told[1] if isinstance(told[1], BaseException) else None
    return sys.exc_info()[1] if told else None


def _of_asyncio(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """asyncio's message without the lines below, which show tasks and futures with the message of their exception."""
    record = event.get("_record")
    if record is not None and record.name == "asyncio":
        event["event"] = str(event["event"]).partition("\n")[0]
    return event

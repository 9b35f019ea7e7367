"""Logs as JSON lines, and the outermost layer of every service: request id in and out, one line a request.

A line holds what happened, never what came: no query string, header, body or token.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
import traceback
from typing import Any

import orjson
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict

from .context import request_id

PROBES = ("livez", "readyz")
"""Asked every few seconds for ever: logged when they fail."""
REQUEST_ID = re.compile(rb"[A-Za-z0-9_.-]{1,64}")


def configure_logging(level: int = logging.INFO) -> None:
    """Write JSON lines to standard error, those of libraries too, from warnings upwards."""
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


def _traced(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """What libraries log of an exception, without its message."""
    _, error, _ = event.pop("exc_info", None) or (None, None, None)  # a tuple: the record was made by `logging`
    return event if error is None else {**event, "exception": trace(error)}


def trace(error: BaseException) -> str:
    """Types and lines of an exception and its causes; no messages: they may quote the request."""
    lines = [*traceback.format_tb(error.__traceback__), type(error).__qualname__]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return (trace(cause) + "\n\nled to\n\n" if cause else "") + "".join(lines)


class RequestLog:
    """ASGI middleware: the request id, and a line for each request."""

    def __init__(self, app: ASGIApp, *, service: str) -> None:
        self._app = app
        self._log = structlog.get_logger().bind(service=service)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request = _incoming_id(scope) or secrets.token_hex(8)
        header = (b"x-request-id", request.encode())
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        before = request_id.set(request)
        try:
            await self._app(scope, receive, answer)
        finally:
            probe = status == 200 and scope.get("operation_id") in PROBES
            (self._log.debug if probe else self._log.info)(
                "request",
                request_id=request,
                operation=scope.get("operation_id", "none"),
                status=status,
                ms=round((time.perf_counter() - started) * 1000, 2),
            )
            request_id.reset(before)


def _incoming_id(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return None

"""The outermost layer of every service: the request id in and out, the trace, security headers, a log line and a count.

A line has the result, never the input: no query string, header, body or token.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from logging import DEBUG, INFO
from typing import Protocol

from starlette.types import Receive, Scope, Send

from ..contract.responses import Answer, problem_answer
from ..kit import logging, spans
from ..kit.client_address import Network
from ..kit.clock import moment, monotonic, unix_time
from ..kit.metrics import Histogram
from ..kit.problems import Unavailable
from ..kit.request_context import PREFIX, arrival, current_service, new_request_id, request_id, trace_context
from ..kit.security_headers import OF_SERVICES, Headers
from ..kit.trace_context import TraceContext, received
from .path_prefix import under_prefix
from .server_spans import record_request

POLLS = (
    "livez",
    "readyz",
    "list_revocations",
    "get_jwks",
    "list_shipment_events",
    "issue_token",
    "compare_numbers",
    "get_highest_numbers",
    "metrics",
    "snapshot",
)
"""The polls of orchestrators and services, also in an idle shop: a line of level
debug, unless it fails.
"""
REQUESTS = Histogram(
    "http_server_request_duration_seconds",
    "Seconds from the head of a request to its response.",
    ("service", "operation", "status"),
)
REFUSAL = "minishop.refusal"
"""Of a scope: the problem that is the answer, where the server refuses a request that it could not read whole."""
CUT_OFF = "The time limit of the process that ends."
"""The message of the cancellation of a request that takes too long to end the process."""
REQUEST_ID = re.compile(rb"[A-Za-z0-9_.-]{1,64}")

# Of names of ours, numbers and ids of harmless letters: nothing in it needs an escape.
_LINE = (
    '{"event":"request","service":"%s","request_id":"%s","trace_id":"%s","span_id":"%s","operation":"%s",'
    '"status":%d,"ms":%.2f,"level":"%s","time":"%s.%06dZ"}\n'
)


class Answering(Protocol):
    """An ASGI application that can also say its answer to an HTTP request rather than send it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...

    async def answer(self, scope: Scope, receive: Receive) -> Answer: ...


class RequestLog:
    """ASGI middleware around a whole service; `headers` go into every answer, and `trusted` are the proxies that are
    believed when they say where a request came from.
    """

    def __init__(
        self,
        app: Answering,
        *,
        service: str,
        headers: Headers = OF_SERVICES,
        trusted: Sequence[Network] = (),
    ) -> None:
        self._app = app
        self._service = service
        self._headers = (*headers, (b"minishop-service", service.encode()))
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = monotonic()
        request, trace = _incoming(scope["headers"])
        spans.decide(trace)
        before, caller, outside = request_id.set(request), current_service.set(self._service), trace_context.set(trace)
        arrived = arrival.set((scope, self._trusted))
        status = 0
        try:
            if REFUSAL in scope:
                status, headers, payload = problem_answer(scope[REFUSAL], scope["path"])
            else:
                status, headers, payload = await self._answer(scope, receive)
            if PREFIX in scope:
                headers = under_prefix(scope[PREFIX].encode(), headers)
            headers += [(b"x-request-id", request.encode()), *self._headers]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": payload})
        finally:
            operation = scope.get("operation_id", "none")
            level = DEBUG if status in (200, 204) and operation in POLLS else INFO
            taken = monotonic() - started
            REQUESTS.observe((self._service, operation, str(status)), taken)
            seconds, fraction = divmod(unix_time(), 1)
            shown = "info" if level == INFO else "debug", moment(seconds)[:-1], int(fraction * 1_000_000)
            told = self._service, request, trace.trace_id, trace.span_id, operation, status, taken * 1000, *shown
            logging.write_request(_LINE % told, level)
            if trace.sampled and spans.recorder is not None:
                record_request(self._service, operation, scope, trace, taken, status)
            request_id.reset(before)
            trace_context.reset(outside)
            current_service.reset(caller)
            arrival.reset(arrived)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        try:
            return await self._app.answer(scope, receive)
        except asyncio.CancelledError as cancelled:
            if CUT_OFF not in cancelled.args:
                raise
            return problem_answer(Unavailable("The process ends."), scope["path"])


def _incoming(headers: Iterable[tuple[bytes, bytes]]) -> tuple[str, TraceContext]:
    """The id of the request, which is new if it has none, and its span."""
    request, parent, state = None, "", ""
    for name, value in headers:
        if name == b"traceparent":
            parent += value.decode("latin-1")  # a second one makes it malformed
        elif name == b"tracestate":
            state += ("," if state else "") + value.decode("latin-1")
        elif name == b"x-request-id" and request is None and REQUEST_ID.fullmatch(value):
            request = str(value, "ascii")
    # The parser leaves white space behind a value, which is no part of it (RFC 9110, section 5.5). With it, a call to a
    # peer would be refused before it is sent.
    return request or new_request_id(), received(parent.strip(" \t"), state.strip(" \t"))

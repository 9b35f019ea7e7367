"""Context of the current request, for code without an argument for it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextvars import ContextVar
from itertools import count

from starlette.types import Scope

from .client_address import UNKNOWN, Network, address_of
from .trace_context import TraceContext

NO_REQUEST = "none"
PREFIX = "minishop.prefix"
"""Of a scope: the path under which a proxy shows the shop, which `path` is without."""

request_id: ContextVar[str] = ContextVar("request_id", default=NO_REQUEST)
"""From `X-Request-Id` or new, for logs, problems and calls to peers."""

trace_context: ContextVar[TraceContext | None] = ContextVar("trace_context", default=None)
"""The span of the request, job or call in hand, for logs and calls to peers."""

current_service: ContextVar[str | None] = ContextVar("current_service", default=None)
"""Whose request, or whose work, is in hand: every line of the log names it."""

arrival: ContextVar[tuple[Scope, Sequence[Network]] | None] = ContextVar("arrival", default=None)
"""The scope of the request, and the trusted proxies: the inputs of `client_address`."""

_START = os.urandom(4).hex()
_COUNT = count(int.from_bytes(os.urandom(2)))


def _begin_anew() -> None:
    """Give a child process, which copied the start of its parent, one of its own."""
    global _START
    _START = os.urandom(4).hex()


if hasattr(os, "register_at_fork"):  # no fork on Windows
    os.register_at_fork(after_in_child=_begin_anew)


def new_request_id() -> str:
    """An id of the process and its count: unique enough to find, and no secret."""
    return f"{_START}{next(_COUNT):08x}"


def passed_on() -> list[tuple[bytes, bytes]]:
    """The headers that a call to a peer takes along, with names in lower case."""
    headers = [(b"x-request-id", request_id.get().encode())]
    trace = trace_context.get()
    if trace is not None:
        headers.append((b"traceparent", trace.traceparent.encode()))
        if trace.state:
            headers.append((b"tracestate", trace.state.encode()))
    return headers


def path_prefix() -> str:
    """The path under which a proxy serves the shop, or an empty text."""
    arrived = arrival.get()
    return "" if arrived is None else arrived[0].get(PREFIX, "")


def client_address() -> str:
    """The client's address: that of the peer, or the one that a trusted proxy reports; `internal` for a call of
    another service in this process.

    Computed on demand, because few requests need it.
    """
    arrived = arrival.get()
    return UNKNOWN if arrived is None else address_of(*arrived)

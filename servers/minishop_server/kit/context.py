"""What belongs to the request in flight and has to reach places that no argument reaches."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar

from starlette.types import Scope

from .origin import UNKNOWN, Network, address_of

request_id: ContextVar[str] = ContextVar("request_id", default="none")
"""Taken from `X-Request-Id` or made; logs, problems and calls to peers carry it."""

arrival: ContextVar[tuple[Scope, Sequence[Network]] | None] = ContextVar("arrival", default=None)
"""The scope of the request, and the proxies that are trusted: what `client_address` is worked out of."""


def client_address() -> str:
    """Where the request came from: the peer's address, or what a trusted proxy says of it; `internal` for a call of
    another service in this process.

    Worked out when somebody asks, as few do.
    """
    arrived = arrival.get()
    return UNKNOWN if arrived is None else address_of(*arrived)

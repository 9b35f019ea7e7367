"""What belongs to the request in flight and has to reach places that no argument reaches."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="none")
"""Taken from `X-Request-Id` or made; logs, problems and calls to peers carry it."""

"""Pages of other origins: none may read an answer, apart from those that MINISHOP_CORS_ORIGINS names."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
SENT = (
    *("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "X-Request-Id"),
    *("traceparent", "tracestate"),
)
EXPOSED = (
    *("ETag", "Idempotent-Replayed", "Link", "Location", "RateLimit", "RateLimit-Policy"),
    *("Retry-After", "X-Request-Id"),
)
MAX_AGE = 600
"""Seconds that a browser may keep the answer to a preflight."""


def open_to(origins: Sequence[str], app: ASGIApp) -> ASGIApp:
    """The application, whose answers pages of these origins may read; itself where there are none.

    There are no cookies: a page sends a bearer token, so credentials of the browser's own are not let in. This stands
    outermost, as it answers preflights (https://fetch.spec.whatwg.org/#http-cors-protocol) that no document describes.
    """
    if not origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=METHODS,
        allow_headers=SENT,
        expose_headers=EXPOSED,
        max_age=MAX_AGE,
    )

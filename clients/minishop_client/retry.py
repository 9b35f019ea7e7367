"""When a call that failed is made again, and how long after."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from .errors import ApiError

_PASSING = frozenset({429, 502, 503, 504})
_REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})


@dataclass(frozen=True, slots=True)
class Retry:
    """The retry policy: safe calls are retried after transient failures.

    Transient failures are a broken connection, 429, 502, 503 and 504. Safe are the idempotent
    methods (RFC 9110, section 9.2.2), calls with an `Idempotency-Key`, and calls that were never
    sent for lack of a connection.

    The wait is random, its bound doubles with each try (full jitter), and `Retry-After` is added.

    Attributes:
        attempts: how often a call is made at the most; 1 means no retries.
        base: the longest wait before the second attempt, in seconds.
        longest: the longest wait at all, in seconds; a service that asks for more gets no retry.
    """

    attempts: int = 3
    base: float = 0.2
    longest: float = 10.0

    def pause(self, call: Mapping[str, Any], attempt: int, error: ApiError | httpx.TransportError) -> float | None:
        """Seconds to wait before the next attempt, or None if there is none."""
        if attempt >= self.attempts or not _may_repeat(call, error):
            return None
        backoff = random.uniform(0, min(self.longest, self.base * 2 ** (attempt - 1)))
        asked = error.retry_after if isinstance(error, ApiError) else None
        if asked is None:
            return backoff
        return asked + backoff if asked <= self.longest else None


RETRY = Retry()
"""The default policy of a shop."""


def _may_repeat(call: Mapping[str, Any], error: ApiError | httpx.TransportError) -> bool:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return True
    if isinstance(error, ApiError) and error.status not in _PASSING:
        return False
    return call["method"] in _REPEATABLE or "Idempotency-Key" in call.get("headers", {})

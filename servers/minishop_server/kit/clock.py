"""The time in UTC, as it stands in the contract and in the databases."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import NewType

Timestamp = NewType("Timestamp", str)
"""RFC 3339 in UTC, to the second: text that sorts by time in any database."""


def now() -> Timestamp:
    """The time of now."""
    return moment(time.time())


def moment(seconds: float) -> Timestamp:
    """The same for a time in seconds since 1970."""
    return Timestamp(datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def seconds_of(moment: str) -> float:
    """Seconds since 1970 of such a text."""
    return datetime.fromisoformat(moment).timestamp()

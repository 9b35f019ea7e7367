"""The only clock of the server: every time that it reads comes from here, and none from a library or from SQL.

`source` can be replaced, which turns the time of the whole process: of tokens, sessions, limits, waits and jobs alike.
A test (tests/contract/test_clock.py) searches all other modules for other clocks.

Replicas that share a PostgreSQL share its clock for jobs: whether a lease is over must not depend on the replica that
asks. The statements of `kit/outbox` therefore add `turned()` to the time at which PostgreSQL received them, by the one
piece of SQL in `kit/database/postgresql.py`. The alternative was an offset, learned at the start and again now and
then: it would need a poll, and would be wrong between two polls after a step of a replica's clock. Processes that share
a SQLite file run on one machine and have one clock anyway.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import NewType

DAY = 86_400
Timestamp = NewType("Timestamp", str)
"""RFC 3339 in UTC, to the second: text that sorts by time in any database."""


class Source:
    """The clocks of the machine.

    A subclass shows other times. Both of its clocks must go on: the server waits by them.
    """

    def unix_time(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()


MACHINE = Source()
source = MACHINE


def unix_time() -> float:
    """Seconds since 1970."""
    return source.unix_time()


def monotonic() -> float:
    """Seconds of a clock that never goes back, for durations."""
    return source.monotonic()


def turned() -> float:
    """Seconds by which a replaced source is ahead of the machine."""
    return source.unix_time() - MACHINE.unix_time()


def now() -> Timestamp:
    """The present time."""
    return moment(source.unix_time())


def now_as_datetime() -> datetime:
    """The present time, with the time zone UTC."""
    return datetime.fromtimestamp(source.unix_time(), UTC)


def moment(seconds: float) -> Timestamp:
    """The same for a time in seconds since 1970."""
    return _second(int(seconds // 1))


@lru_cache(maxsize=4)
def _second(seconds: int) -> Timestamp:
    """A purchase writes some twenty rows of the same second, and to format it takes longer than to insert one."""
    return Timestamp(datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def seconds_of(moment: str) -> float:
    """Seconds since 1970 of such a text."""
    return datetime.fromisoformat(moment).timestamp()

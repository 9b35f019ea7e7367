"""How far the clock of another server is from ours, by the `Date` of its answers."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

MOST = 5.0
"""Seconds between two clocks from which a warning is logged.

Tokens are accepted with a leeway of a minute (kit/tokens.py).
"""
COARSE = 2.0
"""Seconds that a `Date` may be old when it is sent: it has whole ones, and is written once in each."""


def difference(date: str | None, sent: float, received: float) -> float | None:
    """Seconds that a server's clock is ahead of ours (behind, if negative), at the least; None if it tells none.

    `sent` and `received` are when the request left and the answer came, by our clock.
    """
    try:
        told = parsedate_to_datetime(date or "").timestamp()
    except (TypeError, ValueError):
        return None
    return max(0.0, told - received) or min(0.0, told + COARSE - sent)

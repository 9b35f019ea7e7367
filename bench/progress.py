"""The progress of a long measurement, printed before each of its parts."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping


class Progress:
    """Announces each part, with the time that is left.

    Args:
        seconds: the parts, and how long each takes, about.
    """

    def __init__(self, seconds: Mapping[str, float]) -> None:
        self._seconds = seconds
        self._begun: list[str] = []
        self._started = time.perf_counter()

    def begin(self, part: str) -> None:
        """The time that is left goes by the pace of the parts before this one."""
        expected = sum(self._seconds[each] for each in self._begun)
        pace = (time.perf_counter() - self._started) / expected if expected else 1.0
        left = (sum(self._seconds.values()) - expected) * pace / 60
        self._begun.append(part)
        print(
            f"{part} ({len(self._begun)} of {len(self._seconds)}), {left:.1f} minutes left", file=sys.stderr, flush=True
        )

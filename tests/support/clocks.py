"""Clocks that a test sets, in the place of the server's."""

from __future__ import annotations

import pytest

from minishop_server.kit import clock


class Ahead(clock.Source):
    """Goes so many seconds before the machine."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def unix_time(self) -> float:
        return super().unix_time() + self.seconds

    def monotonic(self) -> float:
        return super().monotonic() + self.seconds


class Standing(clock.Source):
    """Stands still until the test sets `time`, which is in seconds since 1970."""

    def __init__(self, time: float) -> None:
        self.time = time
        self._between = time - super().monotonic()

    def unix_time(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time - self._between


def turn_forward(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let the server read a time that is so many seconds ahead of the machine's."""
    monkeypatch.setattr(clock, "source", Ahead(seconds))


def stand_still(monkeypatch: pytest.MonkeyPatch, time: float) -> Standing:
    """Let the server read this time until another is set."""
    standing = Standing(time)
    monkeypatch.setattr(clock, "source", standing)
    return standing

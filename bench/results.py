"""The measurements and their units."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import quantiles

STORAGES = {"memory": "Data in memory", "sqlite": "SQLite", "postgresql": "PostgreSQL"}
LIST, ADD = "GET /catalog/products?limit=50", "POST /cart/items"


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure."""

    rounds: int
    slice: float
    """Seconds of load on one candidate."""
    warm_up: float
    starts: int
    """How often each candidate is started for its first request."""


@dataclass(frozen=True, slots=True)
class Slices:
    """The measurements of one candidate for one request, round by round."""

    cpu: list[float] = field(default_factory=list)
    """Microseconds of processor time for a request."""
    rate: list[float] = field(default_factory=list)
    """Requests a second."""


@dataclass(frozen=True, slots=True)
class Start:
    """The time of the first request after a start in milliseconds, as the median of all starts."""

    first: float
    new_caller: float
    """A later request with a token that was not seen before, as the first one's is, after as long a pause."""
    known_caller: float
    """The same with a token that is remembered."""
    ratio: list[float]
    """Of the first to that of later new callers, start by start."""


Measured = dict[str, dict[str, dict[str, Slices]]]
"""By storage, request and the candidate's name."""


@dataclass(frozen=True, slots=True)
class Run:
    """All measurements."""

    measured: Measured
    extras: dict[str, dict[str, Slices]]
    """The cost of an addition to a request: that request's slices by the candidate's name, with bare ASGI and Minishop
    among them. Empty if nothing was measured in memory."""
    starts: dict[str, Start]
    """By the candidate's name."""


def ratios(measured: list[float], to: list[float]) -> list[float]:
    """One candidate's figures in parts of another's, each beside that of the same round."""
    return [one / other for one, other in zip(measured, to, strict=True)]


def spread(values: list[float], digits: int) -> str:
    """The median, and in brackets the quartiles."""
    low, middle, high = quantiles(values, method="inclusive")
    return f"{middle:.{digits}f} ({low:.{digits}f} – {high:.{digits}f})"

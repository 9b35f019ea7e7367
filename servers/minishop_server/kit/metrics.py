"""The metrics of this process: tables in memory, which `GET /metrics` of another port shows.

A metric is a constant of the module that counts it. An update takes less than a microsecond: prometheus_client takes
six times as long, and holds up the event loop for 40 ms to write the metrics of a shop. Labels are names out of our
documents and code, never a value of a request, so their number is bounded.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

V = TypeVar("V")
Labels = tuple[str, ...]
Kind = Literal["counter", "gauge", "histogram"]
Merge = Literal["sum", "max", "min"]

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
"""Upper bounds in seconds, those of OpenTelemetry's metric of the same name."""
ENDLESS = len(BUCKETS)
"""The index of the last count in a row of a histogram, which the sum of all seconds follows."""


@dataclass(slots=True, eq=False)
class Family(Generic[V]):
    """A metric with a value for each combination of labels."""

    name: str
    help: str
    labels: Labels = ()
    kind: Kind = "gauge"
    merge: Merge = "sum"
    """How the values of several workers make one."""
    rows: dict[Labels, V] = field(default_factory=dict)

    def __post_init__(self) -> None:
        FAMILIES[self.name] = self


FAMILIES: dict[str, Family[Any]] = {}
"""The metrics of the modules that this process has imported."""


class Counter(Family[float]):
    """Counts since the start of the process.

    Args:
        outcomes: the values of its one label, which are zero from the beginning.
    """

    def __init__(self, name: str, help: str, labels: Labels, outcomes: tuple[str, ...] = ()) -> None:
        super().__init__(name, help, labels, "counter", rows={(each,): 0 for each in outcomes})

    def add(self, *labels: str) -> None:
        """Count one more."""
        self.rows[labels] = self.rows.get(labels, 0) + 1


class Gauge(Family[float]):
    """Values that go up and down, read when they are asked for."""

    def drop(self, service: str) -> None:
        """Forget the rows of a service, the first label."""
        for labels in [labels for labels in self.rows if labels[0] == service]:
            del self.rows[labels]


class Histogram(Family[list[float]]):
    """Seconds: a count for each bucket, which do not include each other, and the sum."""

    def __init__(self, name: str, help: str, labels: Labels) -> None:
        super().__init__(name, help, labels, "histogram")

    def observe(self, labels: Labels, seconds: float) -> None:
        """Count an event that took so long."""
        row = self.rows.get(labels)
        if row is None:
            row = self.rows[labels] = [0] * (ENDLESS + 1) + [0.0]
        row[bisect_left(BUCKETS, seconds)] += 1
        row[-1] += seconds

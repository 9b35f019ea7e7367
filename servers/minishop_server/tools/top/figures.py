"""The figures that `minishop top` shows, read from metrics in Prometheus' text format."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

SAMPLE = re.compile(r"([a-zA-Z_:]+)(?:\{(.*)\})? (\S+)")
LABEL = re.compile(r'([a-z_]+)="([^"]*)"')
REQUESTS = "http_server_request_duration_seconds"
STATES = "waiting", "running", "retrying", "parked"

Key = tuple[str, str]
"""A service, and an operation or a kind of work."""


@dataclass
class Requests:
    """The requests of an operation.

    Attributes:
        buckets: the number that took no longer, by seconds.
    """

    number: float = 0.0
    failed: float = 0.0
    buckets: Counter[float] = field(default_factory=Counter)

    def since(self, before: Requests) -> Requests:
        buckets = Counter({bound: count - before.buckets[bound] for bound, count in self.buckets.items()})
        return Requests(self.number - before.number, self.failed - before.failed, buckets)

    def quantile(self, share: float) -> float:
        """Seconds that this share of the requests took at the most, within the width of a bucket."""
        rank = share * self.number
        bounds = sorted(self.buckets)
        for lower, upper in pairwise((0.0, *bounds)):
            below, count = self.buckets[lower], self.buckets[upper]
            if count >= rank and count > below:
                return lower if upper == float("inf") else lower + (upper - lower) * (rank - below) / (count - below)
        return 0.0


@dataclass
class Figures:
    """The figures of one process or of several.

    Attributes:
        started: when the first process started, in seconds since 1970, or None if none tells it.
    """

    started: float | None = None
    requests: dict[Key, Requests] = field(default_factory=lambda: defaultdict(Requests))
    work: dict[Key, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    oldest: dict[Key, float] = field(default_factory=dict)


def figures(texts: Iterable[str]) -> Figures:
    """The sum of several scrapes.

    Replicas count the same work, so the highest number of each kind is taken.
    """
    found = Figures()
    for name, labels, value in (sample for text in texts for sample in _samples(text)):
        service = labels.get("service", "")
        if name == "process_start_time_seconds":
            found.started = min(value, found.started or value)
        elif name == "minishop_work_rows":
            states = found.work[service, labels["kind"]]
            states[labels["state"]] = max(value, states.get(labels["state"], 0))
        elif name == "minishop_work_oldest_seconds":
            key = service, labels["kind"]
            found.oldest[key] = max(value, found.oldest.get(key, 0))
        elif name.startswith(REQUESTS):
            requests = found.requests[service, labels["operation"]]
            if name == f"{REQUESTS}_bucket":
                requests.buckets[float(labels["le"])] += int(value)
            elif name == f"{REQUESTS}_count":
                requests.number += value
                requests.failed += value if labels["status"].startswith("5") else 0
    return found


def _samples(text: str) -> Iterator[tuple[str, dict[str, str], float]]:
    for line in text.splitlines():
        if (found := SAMPLE.fullmatch(line)) is not None:
            yield found[1], dict(LABEL.findall(found[2] or "")), float(found[3])

"""The metrics of a running `minishop`, read back by the parser of Prometheus' own client."""

from __future__ import annotations

import json
import time

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.support.processes import PATIENCE, Process

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def metrics_url(process: Process) -> str:
    """The address of the port for metrics, which the log names."""
    give_up = time.monotonic() + PATIENCE
    while '"metrics_served"' not in process.log:
        assert time.monotonic() < give_up, f"no metrics: {process.log}"
        time.sleep(0.05)
    lines = (json.loads(line) for line in process.log.splitlines() if '"metrics_served"' in line)
    url: str = next(lines)["url"]
    return url


def parsed(text: str) -> Samples:
    """The value of each sample by its name and labels, of which no two may have the same."""
    samples: Samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            key = sample.name, frozenset(sample.labels.items())
            assert key not in samples
            samples[key] = sample.value
    return samples


def scraped(url: str) -> Samples:
    """The present values."""
    return parsed(httpx.get(f"{url}/metrics", timeout=PATIENCE).text)


def value(samples: Samples, name: str, **labels: str) -> float:
    """The sum of the samples of a name with these labels among others."""
    wanted = frozenset(labels.items())
    return sum(number for (found, theirs), number in samples.items() if found == name and wanted <= theirs)

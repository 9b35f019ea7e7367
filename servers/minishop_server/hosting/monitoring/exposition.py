"""Metrics in Prometheus' text format, version 0.0.4, and their sum over several workers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any

import orjson

from ...kit.metrics import BUCKETS, ENDLESS, Labels

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SLICE = 20
"""Rows of a histogram to write until other tasks may run: 0.2 ms."""
ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})

Family = dict[str, Any]
"""A `kit.metrics.Family` as JSON: its fields, and rows as a list of pairs of labels and a value."""
_BOUNDS = [*map(repr, BUCKETS), "+Inf"]
_MERGES: dict[str, Callable[[list[float]], float]] = {"sum": sum, "max": max, "min": min}


def snapshot(families: Iterable[Any]) -> list[Family]:
    """The present values, which do not change any more."""
    names = "name", "help", "labels", "kind", "merge"
    return [
        {name: getattr(family, name) for name in names}
        | {"rows": [(labels, list(row) if isinstance(row, list) else row) for labels, row in family.rows.items()]}
        for family in families
    ]


def to_json(families: list[Family]) -> bytes:
    return orjson.dumps(families)


def from_json(text: bytes) -> list[Family]:
    families: list[Family] = orjson.loads(text)
    return families


def merged(snapshots: Iterable[list[Family]]) -> list[Family]:
    """One snapshot of several processes: sums, but for gauges with another meaning."""
    families: dict[str, Family] = {}
    values: dict[str, dict[Labels, list[Any]]] = {}
    for family in (family for families_of_one in snapshots for family in families_of_one):
        families.setdefault(family["name"], family)
        rows = values.setdefault(family["name"], {})
        for labels, value in family["rows"]:
            rows.setdefault(tuple(labels), []).append(value)
    return [
        {**family, "rows": [(labels, _one(family, found)) for labels, found in values[name].items()]}
        for name, family in families.items()
    ]


def _one(family: Family, values: list[Any]) -> Any:
    if family["kind"] == "histogram":
        return [sum(column) for column in zip(*values, strict=True)]
    return _MERGES[family["merge"]](values)


async def text(families: list[Family]) -> bytes:
    """The response to a scrape, written in slices between which other tasks run."""
    lines = list[str]()
    for family in families:
        name = family["name"]
        lines.append(f"# HELP {name} {family['help']}\n# TYPE {name} {family['kind']}\n")
        for count, (labels, value) in enumerate(family["rows"], 1):
            shown = _labels(family["labels"], labels)
            if family["kind"] == "histogram":
                lines += _histogram(name, shown, value)
            else:
                lines.append(f"{name}{'{' + shown + '}' if shown else ''} {value!r}\n")
            if count % SLICE == 0:
                await asyncio.sleep(0)
    return "".join(lines).encode()


def _labels(names: Labels, values: Iterable[str]) -> str:
    pairs = zip(names, values, strict=True)
    return ",".join(f'{name}="{value.translate(ESCAPES)}"' for name, value in pairs)


def _histogram(name: str, labels: str, row: list[float]) -> Iterator[str]:
    counts = list(accumulate(row[: ENDLESS + 1]))
    for bound, count in zip(_BOUNDS, counts, strict=True):
        yield f'{name}_bucket{{{labels},le="{bound}"}} {count!r}\n'
    yield f"{name}_sum{{{labels}}} {row[-1]!r}\n{name}_count{{{labels}}} {counts[-1]!r}\n"

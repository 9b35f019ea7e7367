"""Metrics in Prometheus' text format, and the sum of several processes."""

from __future__ import annotations

import asyncio

import pytest

from minishop_server.hosting.monitoring.exposition import from_json, merged, snapshot, text, to_json
from minishop_server.kit import metrics
from minishop_server.kit.metrics import BUCKETS, Counter, Gauge, Histogram
from tests.support.metrics import Samples, parsed, value


@pytest.fixture(autouse=True)
def _no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "FAMILIES", {})


async def shown(*families: object) -> Samples:
    return parsed((await text(snapshot(families))).decode())


async def test_a_histogram_counts_in_each_bucket_what_took_no_longer() -> None:
    seconds = Histogram("seconds", "Seconds.", ("service",))
    for taken in 0.005, 0.006, 0.3, 60.0:
        seconds.observe(("orders",), taken)

    samples = await shown(seconds)

    counts = {bound: value(samples, "seconds_bucket", le=repr(bound)) for bound in BUCKETS}
    assert [1, 2, 2, 3, 3] == [counts[bound] for bound in (0.005, 0.01, 0.25, 0.5, 10.0)]
    assert 4 == value(samples, "seconds_bucket", le="+Inf") == value(samples, "seconds_count", service="orders")
    assert 60.311 == pytest.approx(value(samples, "seconds_sum"))


async def test_a_counter_of_known_outcomes_is_there_before_it_counts() -> None:
    orders = Counter("orders_total", "Orders.", ("outcome",), ("paid", "declined"))
    orders.add("paid")

    samples = await shown(orders)

    assert {"paid": 1, "declined": 0} == {dict(labels)["outcome"]: count for (_, labels), count in samples.items()}


async def test_a_label_with_quotes_and_line_breaks_is_read_as_it_was() -> None:
    strange = 'a "quoted"\nline \\ more'
    gauge = Gauge("strange", "A gauge.", ("label",))
    gauge.rows[strange,] = 1.5

    assert {("strange", frozenset({("label", strange)})): 1.5} == await shown(gauge)


async def test_workers_are_added_up_and_gauges_as_they_mean_it() -> None:
    def one(count: int, oldest: float, started: float) -> bytes:
        counter, histogram = Counter("count_total", "C.", ()), Histogram("seconds", "S.", ("service",))
        gauges = Gauge("oldest", "O.", merge="max"), Gauge("started", "S.", merge="min"), Gauge("open", "F.")
        for _ in range(count):
            counter.add()
            histogram.observe(("cart",), 0.02)
        for gauge, number in zip(gauges, (oldest, started, float(count)), strict=True):
            gauge.rows[()] = number
        return to_json(snapshot([counter, histogram, *gauges]))

    total = merged([from_json(one(3, 7.0, 100.0)), from_json(one(4, 2.0, 50.0))])

    samples = parsed((await text(total)).decode())
    names = "count_total", "seconds_count", "oldest", "started", "open"
    assert [7, 7, 7.0, 50.0, 7] == [value(samples, name) for name in names]
    assert 7 == value(samples, "seconds_bucket", le="0.025")


async def test_other_tasks_run_while_a_long_response_is_written() -> None:
    seconds = Histogram("seconds", "Seconds.", ("operation",))
    for number in range(100):
        seconds.observe((f"operation_{number}",), 0.1)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    other = asyncio.create_task(count())
    await text(snapshot([seconds]))
    other.cancel()

    assert turns >= 4

"""The figures of `minishop top`, out of metrics in Prometheus' text format."""

from __future__ import annotations

import pytest

from minishop_server.hosting.monitoring.exposition import snapshot, text
from minishop_server.kit import metrics
from minishop_server.kit.metrics import Gauge, Histogram
from minishop_server.tools.top.figures import Figures, figures
from minishop_server.tools.top.tables import plain, rows_of_operations, rows_of_work


async def scrape(*seconds: float, status: str = "200", oldest: float = 0.0) -> str:
    """The metrics of a service that answered requests in so many seconds, and has a job of this age."""
    requests = Histogram("http_server_request_duration_seconds", "R.", ("service", "operation", "status"))
    for taken in seconds:
        requests.observe(("cart", "get_cart", status), taken)
    work = Gauge("minishop_work_rows", "W.", ("service", "kind", "state"))
    work.rows["orders", "ship", "retrying"] = 1 if oldest else 0
    age, started = (
        Gauge("minishop_work_oldest_seconds", "O.", ("service", "kind")),
        Gauge("process_start_time_seconds", ""),
    )
    age.rows["orders", "ship"] = oldest
    started.rows[()] = 1000.0
    return (await text(snapshot([requests, work, age, started]))).decode()


@pytest.fixture(autouse=True)
def _no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "FAMILIES", {})


async def test_an_operation_has_its_rate_its_quantiles_and_its_failures() -> None:
    many = await scrape(*[0.02] * 98, 0.3, 0.3)

    found = figures([many, await scrape(*[0.02] * 100, status="503")])

    assert 1000.0 == found.started
    ((service, operation, rate, p50, p99, errors),) = rows_of_operations(found, Figures(), 10.0)
    assert ("cart", "get_cart", "20.00", "100") == (service, operation, rate, errors)
    assert 10 <= float(p50) <= 25
    assert 10 <= float(p99) <= 25
    ((*_, p99, _),) = rows_of_operations(figures([many]), Figures(), 10.0)
    assert 250 < float(p99) <= 500


async def test_a_table_shows_the_time_since_the_one_before() -> None:
    before, now = figures([await scrape(0.02, 0.02)]), figures([await scrape(0.02, 0.02, 4.0)])

    ((_, _, rate, p50, _, _),) = rows_of_operations(now, before, 2.0)
    assert ("0.50", True) == (rate, 2500 <= float(p50) <= 5000)
    assert [] == rows_of_operations(now, now, 2.0)
    assert [] == rows_of_operations(before, now, 2.0)  # it was started again


async def test_slower_requests_than_the_last_bound_are_told_as_that_bound() -> None:
    ((*_, p99, _),) = rows_of_operations(figures([await scrape(60.0)]), Figures(), 1.0)

    assert "10000.0" == p99


async def test_replicas_count_the_same_work() -> None:
    found = figures([await scrape(oldest=30.0), await scrape(oldest=31.0)])

    assert [("orders", "ship", "0", "0", "1", "0", "31")] == rows_of_work(found)
    assert [] == rows_of_work(figures([await scrape()]))


async def test_plain_text_has_columns_that_a_program_can_split() -> None:
    found = figures([await scrape(0.02, oldest=30.0)])

    operations, work = plain(rows_of_operations(found, Figures(), 1.0), rows_of_work(found)).split("\n\n")

    titles, row = (line.split() for line in operations.splitlines())
    assert ["service", "operation", "per_second", "p50_ms", "p99_ms", "errors"] == titles
    assert ["cart", "get_cart", "1.00"] == row[:3]
    assert ["orders", "ship", "0", "0", "1", "0", "30"] == work.splitlines()[1].split()

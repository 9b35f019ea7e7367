"""Several workers behind one port, on PostgreSQL."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from minishop_client import Minishop
from minishop_server.kit.settings import SERVICES
from tests.support.canary_shop import until
from tests.support.metrics import metrics_url, scraped, value
from tests.support.processes import PATIENCE, Process, is_running, run, running, running_shop, workers_of

PASSWORD = "correct-horse-battery"


@pytest.fixture
def shop(tmp_path: Path, seven_databases: dict[str, str]) -> Iterator[tuple[Process, str]]:
    """`minishop up` with two workers that run, and the process that adds up their metrics."""
    with running_shop(tmp_path, {**seven_databases, "MINISHOP_WORKERS": "2"}) as (process, url):
        until(lambda: len(workers_of(process)) == 3)
        yield process, url


def test_a_worker_that_is_killed_is_replaced_and_orders_go_on(shop: tuple[Process, str]) -> None:
    process, url = shop
    for victim in workers_of(process):
        os.kill(victim, signal.SIGKILL)
        until(lambda victim=victim: len(workers_of(process)) == 3 and victim not in workers_of(process))

    with Minishop(url, timeout=PATIENCE).login("ada", PASSWORD) as ada:
        ada.cart.add_cart_item(product_id=1, quantity=2)
        order = ada.orders.checkout(user_id=1, payment_method="credit_card")
        until(lambda: ada.orders.get_order(order.order_id).status == "shipped")

    assert 3 == process.log.count('"worker_ended"')
    assert 1 == process.output.count("Minishop is open")


def test_metrics_are_the_sum_of_all_workers_and_never_fall_when_one_is_replaced(shop: tuple[Process, str]) -> None:
    process, url = shop
    port = metrics_url(process)

    def livez() -> float:
        labels = {"service": "cart", "operation": "livez", "status": "200"}
        return value(scraped(port), "http_server_request_duration_seconds_count", **labels)

    for _ in range(40):  # each over a connection of its own: some reach each worker
        assert 200 == httpx.get(f"{url}/cart/livez").status_code
    until(lambda: livez() == 40)
    until(lambda: value(scraped(port), "minishop_database_connections_max", service="orders") == 2 * 10)
    until(lambda: value(scraped(port), "minishop_ready") == len(SERVICES))
    for victim in workers_of(process)[:2]:
        os.kill(victim, signal.SIGKILL)
        assert 40 == livez()
        until(lambda victim=victim: len(workers_of(process)) == 3 and victim not in workers_of(process))
        assert 40 == livez()
        until(lambda: httpx.get(f"{port}/readyz").is_success)

    assert 40 == livez()


def test_ctrl_c_ends_all_workers(shop: tuple[Process, str]) -> None:
    process, _ = shop
    workers = workers_of(process)

    assert 0 == process.interrupt()

    assert [] == [pid for pid in workers if is_running(pid)]
    assert 1 == process.output.count("Stopped.")


def test_workers_end_with_a_parent_that_is_killed(shop: tuple[Process, str]) -> None:
    process, url = shop
    workers = workers_of(process)

    process.kill()

    until(lambda: not any(map(is_running, workers)))
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_one_service_runs_in_several_workers_too(tmp_path: Path, seven_databases: dict[str, str]) -> None:
    settings = {
        "MINISHOP_CATALOG_DATABASE_URL": seven_databases["MINISHOP_CATALOG_DATABASE_URL"],
        "MINISHOP_AUTH_URL": "http://127.0.0.1:9",
    }
    with running(tmp_path, "serve", "catalog", "--port=0", "--workers=2", settings=settings) as process:
        url = process.wait_for_address()
        until(lambda: len(workers_of(process)) == 3)

        assert 200 == httpx.get(f"{url}/catalog/livez").status_code


def test_a_shop_that_cannot_start_ends_at_once_with_the_reason(tmp_path: Path) -> None:
    nowhere = "postgresql://127.0.0.1:9/nothing"
    urls = {f"MINISHOP_{name.upper()}_DATABASE_URL": nowhere for name in SERVICES}

    ended = run(tmp_path, "up", "--port=0", "--workers=2", settings=urls)

    assert 2 == ended.returncode
    assert "does not answer" in ended.stderr


def test_several_workers_on_sqlite_are_refused_with_the_reason(tmp_path: Path) -> None:
    ended = run(tmp_path, "up", "--port=0", "--workers=2")

    assert 2 == ended.returncode
    assert "only one process at a time can write to a SQLite file" in ended.stderr
    assert "MINISHOP_ORDERS_DATABASE_URL" in ended.stderr

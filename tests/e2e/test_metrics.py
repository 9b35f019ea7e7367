"""Metrics and probes on a port of their own."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from minishop_client import Minishop
from minishop_server.kit.documents import document, operations
from minishop_server.kit.settings import SERVICES
from tests.support.canary_shop import until
from tests.support.metrics import metrics_url, parsed, scraped, value
from tests.support.processes import PATIENCE, Process, run, running, running_shop

PASSWORD = "correct-horse-battery"
REQUESTS = "http_server_request_duration_seconds_count"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, str]]:
    """A shop that hides its internal operations."""
    settings = {"MINISHOP_EXPOSE": "public", "MINISHOP_METRICS_PORT": "0"}
    with running_shop(tmp_path_factory.mktemp("shop"), settings) as (process, url):
        yield process, url


def test_a_purchase_is_counted_by_service_operation_and_status(shop: tuple[Process, str]) -> None:
    process, url = shop
    before = scraped(metrics_url(process))

    with Minishop(url, timeout=PATIENCE).login("ada", PASSWORD) as ada:
        ada.cart.add_cart_item(product_id=1, quantity=2)
        ada.orders.checkout(user_id=1, payment_method="credit_card")
    httpx.get(f"{url}/orders")

    after = scraped(metrics_url(process))
    for service, operation, status in [
        ("cart", "add_cart_item", "201"),
        ("orders", "checkout", "201"),
        ("payments", "process_payment", "201"),
        ("orders", "list_orders", "401"),
    ]:
        labels = {"service": service, "operation": operation, "status": status}
        assert 1 == value(after, REQUESTS, **labels) - value(before, REQUESTS, **labels), labels


def test_the_labels_are_names_of_documents_and_statuses(shop: tuple[Process, str]) -> None:
    process, url = shop
    for path in "/no/such/page", "/orders/ORD-101", "/orders/no/such/path", "/auth/users/1":
        httpx.get(f"{url}{path}", headers={"Authorization": "Bearer secret", "X-Request-Id": "secret"})

    text = httpx.get(f"{metrics_url(process)}/metrics").text

    named = {each["operationId"] for name in SERVICES for each in operations(document(name)).values()}
    others = {"metrics", "livez", "readyz", "none"}
    found = {dict(labels).get("operation", "none") for _, labels in parsed(text)}
    assert set() == found - named - others
    assert {*SERVICES, "gateway", "monitoring"} >= {dict(labels).get("service", "cart") for _, labels in parsed(text)}
    assert not re.search("secret|ORD-|ada|/", re.sub("minishop/|client_secrets", "", text))


def test_the_probes_are_there_too_and_nothing_else(shop: tuple[Process, str]) -> None:
    process, _ = shop
    port = metrics_url(process)
    probes = ["/livez", "/readyz", *(f"/{name}/{probe}" for name in SERVICES for probe in ("livez", "readyz"))]

    assert {200} == {httpx.get(port + path).status_code for path in probes}
    others = ["/", "/snapshot", "/metrics/", "/orders", "/orders/jobs", "/auth/jwks", "/docs", "/cart/readyz/"]
    assert {404} == {httpx.get(port + path).status_code for path in others}
    assert {404} == {httpx.request(method, f"{port}/metrics").status_code for method in ("POST", "PUT", "OPTIONS")}
    head = httpx.head(f"{port}/metrics")
    assert (200, b"", True) == (head.status_code, head.content, int(head.headers["content-length"]) > 1000)
    assert "text/plain; version=0.0.4; charset=utf-8" == head.headers["content-type"]


def test_the_port_of_the_shop_has_neither(shop: tuple[Process, str]) -> None:
    _, url = shop

    for path in "/metrics", "/snapshot", "/livez", "/orders/livez", "/orders/readyz":
        assert 404 == httpx.get(url + path).status_code


def test_the_port_refuses_what_the_server_of_the_shop_refuses(shop: tuple[Process, str]) -> None:
    process, _ = shop
    host, port = metrics_url(process).removeprefix("http://").split(":")

    with socket.create_connection((host, int(port)), PATIENCE) as line:
        line.sendall(b"GET /metrics HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 500_000)
        answer = line.recv(1000)

    assert answer.startswith(b"HTTP/1.1 431 ")


def test_top_prints_the_operations_of_a_shop_for_programs(shop: tuple[Process, str], tmp_path: Path) -> None:
    process, url = shop
    for _ in range(3):
        httpx.get(f"{url}/catalog/products")

    ended = run(tmp_path, "top", metrics_url(process), "--once")

    assert (0, "") == (ended.returncode, ended.stderr)
    lines = [line.split() for line in ended.stdout.splitlines()]
    assert ["service", "operation", "per_second", "p50_ms", "p99_ms", "errors"] == lines[0]
    (row,) = (line for line in lines if line[:2] == ["catalog", "list_products"])
    assert (6, "0") == (len(row), row[5])


def test_top_shows_a_table_until_ctrl_c(shop: tuple[Process, str], tmp_path: Path) -> None:
    process, _ = shop
    with running(tmp_path, "top", f"{metrics_url(process)}/metrics", "--seconds=0.5") as top:
        scrapes = {"service": "monitoring", "operation": "metrics"}
        before = value(scraped(metrics_url(process)), REQUESTS, **scrapes)
        until(lambda: value(scraped(metrics_url(process)), REQUESTS, **scrapes) > before + 20)
        assert 130 == top.interrupt()

        assert {"service", "operation", "p99 ms", "oldest s"} <= set(re.findall(r"\w+(?: \w+)?", top.output))


def test_top_says_in_a_line_that_an_address_has_no_metrics(shop: tuple[Process, str], tmp_path: Path) -> None:
    _, url = shop
    for address in url, "http://127.0.0.1:9", "nonsense":
        ended = run(tmp_path, "top", address, "--once")

        assert (2, 1) == (ended.returncode, len(ended.stderr.splitlines()))
        assert address in ended.stderr


def test_the_process_tells_its_own_figures(shop: tuple[Process, str]) -> None:
    process, _ = shop

    samples = scraped(metrics_url(process))

    assert 1 == value(samples, "minishop_build_info")
    assert 10e6 < value(samples, "process_resident_memory_bytes") < 1e9
    assert 0 < value(samples, "process_cpu_seconds_total") < PATIENCE
    assert 5 < value(samples, "process_open_fds") < value(samples, "process_max_fds")
    assert value(samples, "process_start_time_seconds") > 1.6e9


def test_every_service_tells_its_readiness_and_its_open_work(shop: tuple[Process, str]) -> None:
    process, _ = shop

    samples = scraped(metrics_url(process))

    assert dict.fromkeys(SERVICES, 1) == {name: value(samples, "minishop_ready", service=name) for name in SERVICES}
    assert 0 == value(samples, "minishop_work_rows", state="parked")
    kinds = {dict(labels)["kind"] for name, labels in samples if name == "minishop_work_oldest_seconds"}
    assert {"checkout", "ship", "capture", "mail", "deliver", "tell"} <= kinds


def test_a_port_in_use_is_refused_if_it_was_asked_for_and_replaced_otherwise(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run(tmp_path, "up", "--port=0", settings={"MINISHOP_METRICS_PORT": port})

    assert 2 == ended.returncode
    assert f"127.0.0.1, port {port}: address already in use" in ended.stderr
    assert "MINISHOP_METRICS_PORT" in ended.stderr


def test_a_service_that_waits_for_its_database_is_alive_and_not_ready(tmp_path: Path) -> None:
    settings = {
        "MINISHOP_CATALOG_DATABASE_URL": "postgresql://127.0.0.1:9/nothing",
        "MINISHOP_AUTH_URL": "http://127.0.0.1:9",
    }
    with running(tmp_path, "serve", "catalog", "--port=0", settings=settings) as process:
        port = metrics_url(process)
        until(lambda: "not_started_yet" in process.log)

        statuses = {path: httpx.get(port + path).status_code for path in ("/livez", "/catalog/livez", "/readyz")}

        assert {"/livez": 200, "/catalog/livez": 200, "/readyz": 503} == statuses
        assert 404 == httpx.get(f"{port}/cart/livez").status_code


def test_metrics_are_off_if_the_settings_say_so(tmp_path: Path) -> None:
    with running_shop(tmp_path, {"MINISHOP_METRICS_PORT": "off"}) as (process, url):
        until(lambda: httpx.get(f"{url}/cart/livez").is_success)

        assert '"metrics_served"' not in process.log

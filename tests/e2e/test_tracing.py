"""Spans of running shops, as an OTLP receiver gets them."""

from __future__ import annotations

import json
import os
import secrets
import socket
import time
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from minishop_client import Minishop
from minishop_server.kit.settings import SERVICES
from tests.support.otlp import Received, Receiver, receiving
from tests.support.ports import free_port
from tests.support.processes import running_shop

PASSWORD = "correct-horse-battery"
SENDER = "00f067aa0ba902b7"
ALL = {f"minishop-{name}" for name in SERVICES}


def new_trace_id() -> str:
    """As another system makes one."""
    return secrets.token_hex(16)


def buy(url: str, trace_id: str, flag: str = "01") -> None:
    """Make a purchase of ada, whose checkout is in this trace."""
    with Minishop(url).login("ada", PASSWORD) as shop:
        shop.cart.add_cart_item(product_id=1, quantity=1)
        token = shop.auth.login(username="ada", password=PASSWORD).access_token
    answer = httpx.post(
        f"{url}/orders/checkout",
        json={"user_id": 1, "payment_method": "credit_card"},
        headers={"Authorization": f"Bearer {token}", "traceparent": f"00-{trace_id}-{SENDER}-{flag}"},
        timeout=60,
    )
    assert 201 == answer.status_code


def whole_purchase(receiver: Receiver, trace_id: str) -> list[Received]:
    """The spans of a purchase up to its mail and the end of its longest branch."""
    receiver.wait_for(trace_id, "minishop-notifications", "process deliver")
    return receiver.wait_for(trace_id, "minishop-orders", "process notify")


def parents(spans: list[Received]) -> dict[str, str]:
    """The kind and name of the parent of each kind and name."""
    by_id = {span.span_id: span for span in spans}
    found = [(span, by_id.get(span.parent_id)) for span in spans]
    return {f"{span.kind} {span.name}": f"{parent.kind} {parent.name}" if parent else "" for span, parent in found}


def test_a_purchase_is_one_trace_of_all_seven_services_up_to_the_mail(tmp_path: Path) -> None:
    trace_id = new_trace_id()
    with receiving() as receiver, running_shop(tmp_path, receiver.settings()) as (process, url):
        buy(url, trace_id)
        spans = whole_purchase(receiver, trace_id)
        assert 0 == process.interrupt()

    spans = receiver.spans(trace_id)
    assert ALL == {span.service for span in spans}
    assert len(spans) == len({span.span_id for span in spans})
    assert {SENDER} == {span.parent_id for span in spans} - {span.span_id for span in spans}
    above = parents(spans)
    assert "" == above["server POST /orders/checkout"]
    assert "server POST /orders/checkout" == above["producer send checkout"]
    assert "producer send checkout" == above["consumer process checkout"]
    assert "consumer process checkout" == above["producer send notify"]
    assert "consumer process notify" == above["client POST"]
    assert "client POST" == above["server POST /notifications/send"]
    assert "server POST /notifications/send" == above["producer send deliver"]
    assert "producer send deliver" == above["consumer process deliver"]
    assert "server POST /auth/token" == above["client SELECT client_secrets"]
    (checkout,) = (span for span in spans if span.name == "POST /orders/checkout")
    assert {
        "http.request.method": "POST",
        "http.route": "/orders/checkout",
        "url.path": "/orders/checkout",
        "url.scheme": "http",
        "http.response.status_code": 201,
        "network.protocol.version": "1.1",
        "server.address": "127.0.0.1",
        "server.port": httpx.URL(url).port,
    } == checkout.attributes
    calls = [span for span in spans if span.kind == "client" and "url.full" in span.attributes]
    assert {"http://catalog.minishop.internal/catalog/products"} < {span.attributes["url.full"] for span in calls}
    statements = [span for span in spans if span.name == "INSERT orders"]
    assert [{"db.system.name": "sqlite", "db.operation.name": "INSERT", "db.collection.name": "orders"}] == [
        dict(span.attributes) for span in statements
    ]
    assert not any(span.failed for span in spans)


def test_the_log_names_the_spans(tmp_path: Path) -> None:
    trace_id = new_trace_id()
    with (
        receiving() as receiver,
        running_shop(tmp_path, {**receiver.settings(), "MINISHOP_LOG_LEVEL": "debug"}) as (process, url),
    ):
        buy(url, trace_id)
        whole_purchase(receiver, trace_id)
        assert 0 == process.interrupt()

    lines = [json.loads(line) for line in process.log.splitlines() if trace_id in line]
    servers = {span.span_id for span in receiver.spans(trace_id) if span.kind == "server"}
    assert servers
    assert servers == {line["span_id"] for line in lines if line["event"] == "request"}


def test_a_sender_and_else_the_share_decides_what_is_recorded(tmp_path: Path) -> None:
    sampled, unsampled = new_trace_id(), new_trace_id()
    with receiving() as receiver:
        with running_shop(tmp_path, receiver.settings(0.0)) as (process, url):
            buy(url, unsampled, "00")
            buy(url, sampled)
            whole_purchase(receiver, sampled)
            assert 0 == process.interrupt()

        assert {sampled} == {span.trace_id for span in receiver.spans()}
        lines = [line for line in process.log.splitlines() if unsampled in line]
        assert len(SERVICES) <= len(lines)  # the trace goes on all the same


def test_the_spans_of_the_last_moment_are_sent_at_the_end(tmp_path: Path) -> None:
    with receiving() as receiver:
        settings = {**receiver.settings(), "OTEL_BSP_SCHEDULE_DELAY": "600000"}
        with running_shop(tmp_path, settings) as (process, url):
            httpx.get(f"{url}/auth/livez")
            assert [] == receiver.spans()
            assert 0 == process.interrupt()

        assert "GET /auth/livez" in {span.name for span in receiver.spans()}


def test_a_job_that_a_killed_process_left_continues_its_trace_in_the_next_one(tmp_path: Path) -> None:
    trace_id = new_trace_id()
    with receiving() as receiver:
        settings = receiver.settings()
        no_mail = {"MINISHOP_SMTP_URL": f"smtp://127.0.0.1:{free_port()}"}
        with running_shop(tmp_path, {**settings, **no_mail}) as (process, url):
            buy(url, trace_id)
            spans = receiver.wait_for(trace_id, "minishop-notifications", "process deliver")
            (first, *_) = (span for span in spans if span.name == "process deliver")
            assert first.failed
            assert "unavailable" == first.attributes["error.type"]
            process.kill()
        receiver.bodies.clear()
        with running_shop(tmp_path, settings) as (process, _):
            spans = receiver.wait_for(trace_id, "minishop-notifications", "process deliver")

    (later,) = (span for span in spans if span.name == "process deliver")
    assert not later.failed
    assert first.parent_id == later.parent_id
    assert first.span_id != later.span_id


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_each_worker_sends_its_spans(tmp_path: Path, seven_databases: dict[str, str]) -> None:
    traces = {new_trace_id() for _ in range(40)}
    with receiving() as receiver:
        settings = {**seven_databases, **receiver.settings(), "MINISHOP_WORKERS": "2"}
        with running_shop(tmp_path, settings) as (process, url):
            for trace_id in traces:  # on a connection of its own
                httpx.get(f"{url}/catalog/readyz", headers={"traceparent": f"00-{trace_id}-{SENDER}-01"})
            assert 0 == process.interrupt()

        spans = [span for span in receiver.spans() if span.trace_id in traces]
        assert traces == {span.trace_id for span in spans}
        assert {"postgresql"} == {span.attributes.get("db.system.name", "postgresql") for span in spans}


def lines_of_libraries(log: str) -> list[Mapping[str, object]]:
    """Those about spans that were not sent."""
    lines = [json.loads(line) for line in log.splitlines()]
    return [line for line in lines if line["event"] not in ("request", "metrics_served", "work_put_off")]


@pytest.mark.parametrize("kind", ["gone", "silent", "failing"])
def test_a_receiver_that_does_not_work_stops_no_request_and_fills_no_log(tmp_path: Path, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, receiving() as receiver:
        receiver.status = 503
        port = {"gone": free_port(), "silent": silent.getsockname()[1]}.get(kind)
        settings = receiver.settings() | {"OTEL_BSP_MAX_QUEUE_SIZE": "20", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "5"}
        if port is not None:
            settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = f"http://127.0.0.1:{port}"
        with running_shop(tmp_path, settings) as (process, url):
            with httpx.Client(base_url=url) as http:
                for _ in range(100):
                    assert 200 == http.get("/auth/livez").status_code
            buy(url, new_trace_id())
            before = time.monotonic()
            assert 0 == process.interrupt()
            assert time.monotonic() - before < 30

    assert len(lines_of_libraries(process.log)) <= 4


def test_the_span_of_a_refused_request_has_no_values_of_its_path_or_query(tmp_path: Path) -> None:
    trace_id = new_trace_id()
    with receiving() as receiver, running_shop(tmp_path, receiver.settings()) as (process, url):
        headers = {"traceparent": f"00-{trace_id}-{SENDER}-01"}
        httpx.get(f"{url}/orders/ORD-secret?token=secret", headers=headers)
        httpx.get(f"{url}/orders/nothing/secret", headers=headers)
        assert 0 == process.interrupt()

    spans = receiver.spans(trace_id)
    assert {"GET /orders/{order_id}", "GET"} == {span.name for span in spans}
    assert all(b"secret" not in body for body in receiver.bodies)

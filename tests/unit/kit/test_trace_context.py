"""Each request, call and job is in a trace, which goes on from service to service (W3C Trace Context, level 1)."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from minishop_client import AsyncMinishop
from minishop_server.contract.responses import Answer
from minishop_server.hosting.gateway import Gateway
from minishop_server.hosting.request_log import RequestLog
from minishop_server.kit.request_context import new_request_id, passed_on
from minishop_server.kit.trace_context import new_trace, sent
from minishop_server.services.notifications.mailer import Maildir
from minishop_server.services.settings import Settings
from tests.support.log import Log, logged
from tests.support.prepared import Prepared
from tests.support.shop import PASSWORD, Shop, until_none

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
PARENT = f"00-{TRACE}-{SPAN}-01"


def raw(shop: Shop) -> httpx.AsyncClient:
    """Plain HTTP into the shop."""
    return httpx.AsyncClient(transport=shop.transport, base_url="http://shop")


@pytest.mark.parametrize(
    ("traceparent", "sampled"),
    [
        (PARENT, True),
        (f"00-{TRACE}-{SPAN}-00", False),
        (f"00-{TRACE}-{SPAN}-ff", True),
        (f"00-{TRACE}-{SPAN}-02", False),
        (f"01-{TRACE}-{SPAN}-01", True),
        (f"cc-{TRACE}-{SPAN}-01-what-the-future-will-be-like", True),
        (f"fe-{TRACE}-{SPAN}-01-", True),
    ],
)
def test_a_well_formed_parent_is_read(traceparent: str, sampled: bool) -> None:
    trace = sent(traceparent)

    assert trace is not None
    assert (TRACE, SPAN, sampled, "") == (trace.trace_id, trace.span_id, trace.sampled, trace.state)


@pytest.mark.parametrize(
    "traceparent",
    [
        "",
        "00",
        PARENT[:-1],
        PARENT + "0",
        PARENT + "-",
        PARENT + "-00",
        " " + PARENT,
        PARENT.upper(),
        PARENT.replace("-", "_"),
        f"ff-{TRACE}-{SPAN}-01",
        f"ff-{TRACE}-{SPAN}-01-more",
        f"0-{TRACE}-{SPAN}-01",
        f"0g-{TRACE}-{SPAN}-01",
        f"01-{TRACE}-{SPAN}-01.more",
        f"01-{TRACE}-{SPAN}-012",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE[1:]}-{SPAN}-01",
        f"00-{TRACE}0-{SPAN}-01",
        f"00-{TRACE}-{SPAN[1:]}-01",
        f"00-{TRACE}-{SPAN}-0x",
        f"00-{TRACE}-{SPAN}-1",
        f"00-{TRACE}-{SPAN}-01\n",
        "0" * 16_000,
    ],
)
def test_a_malformed_parent_is_none(traceparent: str) -> None:
    assert sent(traceparent) is None


@pytest.mark.parametrize(
    ("tracestate", "kept"),
    [
        ("", False),
        ("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", True),
        ("a=" + "x" * 510, True),
        ("a=" + "x" * 511, False),
        ("a=é", False),
        ("a=b\r\nX-Evil: 1", False),
    ],
)
def test_a_state_of_the_trace_is_kept_unchanged_unless_it_is_malformed_or_too_long(tracestate: str, kept: bool) -> None:
    trace = sent(PARENT, tracestate)

    assert trace is not None
    assert (tracestate if kept else "") == trace.state == trace.child().state


def test_a_child_is_a_new_span_of_the_trace() -> None:
    trace = sent(PARENT)
    assert trace is not None
    child = trace.child()

    assert (TRACE, SPAN, True) == (child.trace_id, child.parent_id, child.sampled)
    assert re.fullmatch(f"00-{TRACE}-[0-9a-f]{{16}}-01", child.traceparent)
    assert SPAN not in (child.span_id, trace.child().span_id)


def test_a_new_trace_can_be_continued() -> None:
    traces = [new_trace() for _ in range(1000)]

    for trace in traces:
        read = sent(trace.traceparent)
        assert read is not None
        assert (trace.trace_id, trace.span_id, False) == (read.trace_id, read.span_id, read.sampled)
    assert 1000 == len({trace.trace_id for trace in traces}) == len({trace.span_id for trace in traces})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_process_makes_other_ids_than_its_parent() -> None:
    reads, writes = os.pipe()
    pids = [os.fork() or _child(writes) for _ in range(2)]
    for pid in pids:
        os.waitpid(pid, 0)
    made = [*os.read(reads, 1000).decode().splitlines(), new_trace().traceparent, new_request_id()]
    os.close(reads)
    os.close(writes)

    assert [55, 16] * 3 == [len(each) for each in made]
    assert 6 == len(set(made))


def _child(writes: int) -> NoReturn:
    """Write the next ids of this process, and end it."""
    os.write(writes, f"{new_trace().traceparent}\n{new_request_id()}\n".encode())
    os._exit(0)


@pytest.mark.parametrize(
    ("headers", "trace_id"),
    [
        ([("traceparent", PARENT)], TRACE),
        ([("Traceparent", PARENT), ("tracestate", "a=1")], TRACE),
        ([], None),
        ([("traceparent", PARENT), ("traceparent", PARENT)], None),
        ([("traceparent", f"ff-{TRACE}-{SPAN}-01")], None),
        ([("tracestate", "a=1")], None),
    ],
)
async def test_a_request_continues_the_trace_of_its_sender_or_begins_one(
    sqlite_shop: Shop, headers: list[tuple[str, str]], trace_id: str | None
) -> None:
    async with raw(sqlite_shop) as http:
        with logged() as lines:
            answers = [await http.get("/catalog/products", headers=headers) for _ in range(2)]

    assert [401, 401] == [answer.status_code for answer in answers]
    assert {"traceparent", "tracestate"}.isdisjoint({*answers[0].headers, *answers[1].headers})
    found = [line["trace_id"] for line in lines]
    assert ([trace_id] * 2 == found) if trace_id else (2 == len({*found, TRACE}) - 1)
    assert 3 == len({SPAN, *(line["span_id"] for line in lines)})
    assert all(re.fullmatch("[0-9a-f]{32}", line["trace_id"]) for line in lines)


class Passing:
    """An application that notes the headers of a call to a peer."""

    def __init__(self) -> None:
        self.headers: dict[bytes, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        self.headers = dict(passed_on())
        return 204, [], b""


async def test_white_space_around_the_headers_reaches_no_peer() -> None:
    app = Passing()
    headers = {"Traceparent": f"{PARENT} ", "Tracestate": "\ta=1 , b=2 \t"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(RequestLog(app, service="cart")),
        base_url="http://shop",
    ) as http:
        await http.get("/", headers=headers)

    assert TRACE.encode() in app.headers[b"traceparent"]
    assert b"a=1 , b=2" == app.headers[b"tracestate"]


async def test_a_purchase_is_one_trace_in_all_services_also_in_the_jobs_that_follow(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await shop.customer()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=1)
    token = (await shop.client.auth.login(username="ada", password=PASSWORD)).access_token
    shop.wire.requests.clear()
    async with raw(shop) as http:
        with logged() as lines:
            answer = await http.post(
                "/orders/checkout",
                json={"user_id": ada.id, "payment_method": "credit_card"},
                headers={"Authorization": f"Bearer {token}", "traceparent": PARENT, "tracestate": "a=1,b=2"},
            )
            await shop.settled()
            await until_none(shop.domain("notifications").database, "SELECT id FROM work")

    assert 201 == answer.status_code
    ours = [request for request in shop.wire.requests if TRACE in request.headers["traceparent"]]
    assert {"auth", "cart", "catalog", "payments", "shipping", "notifications"} == {
        request.url.path.split("/")[1] for request in ours
    }
    assert len(ours) == len({request.headers["traceparent"] for request in ours})  # each call is a span
    assert {"01"} == {request.headers["traceparent"][-2:] for request in ours}
    within = [request.headers.get("tracestate") for request in ours]
    assert {"a=1,b=2", None} == set(within)  # a job keeps the trace, not its state
    written = [line for line in lines if line.get("trace_id") == TRACE]
    assert {"orders", "cart", "catalog", "payments", "shipping", "notifications"} <= {
        line["service"] for line in written
    }
    assert len(written) == len({line["span_id"] for line in written})


async def test_a_mail_that_cannot_be_sent_is_a_line_in_the_trace_of_the_purchase(
    sqlite_shop: Shop, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, tried = sqlite_shop, asyncio.Event()
    await shop.product()
    ada = await shop.customer()
    await until_none(shop.domain("notifications").database, "SELECT id FROM work")
    await ada.shop.cart.add_cart_item(product_id=1, quantity=1)

    async def refuse(*_: object) -> None:
        tried.set()
        raise OSError

    monkeypatch.setattr(Maildir, "send", refuse)
    token = (await shop.client.auth.login(username="ada", password=PASSWORD)).access_token
    async with raw(shop) as http:
        body = {"user_id": ada.id, "payment_method": "credit_card"}
        await http.post(
            "/orders/checkout", json=body, headers={"Authorization": f"Bearer {token}", "traceparent": PARENT}
        )
    await tried.wait()
    await until_none(shop.domain("notifications").database, "SELECT id FROM work WHERE error IS NULL")

    lines = [line for line in log.lines() if line["event"] == "work_put_off"]
    assert {("notifications", TRACE)} == {(line["service"], line["trace_id"]) for line in lines}


async def test_a_call_within_the_process_is_in_the_trace_too(tmp_path: Path, prepared: Prepared) -> None:
    prepared.fill(tmp_path)
    gateway = Gateway(Settings(data_dir=tmp_path))
    async with gateway.running():
        transport = httpx.ASGITransport(gateway)
        async with AsyncMinishop("http://shop", transport=transport) as client:
            auth = gateway.services["auth"].domain
            await auth.register("ada", "ada@example.com", PASSWORD, None, "customer")
            token = (await client.auth.login(username="ada", password=PASSWORD)).access_token
            await gateway.services["catalog"].domain.add_product("Keyboard", 4999, 100)
            with logged() as lines:
                async with httpx.AsyncClient(transport=transport, base_url="http://shop") as http:
                    answer = await http.post(
                        "/cart/items",
                        json={"product_id": 1, "quantity": 1},
                        headers={"Authorization": f"Bearer {token}", "traceparent": PARENT},
                    )

    assert 200 <= answer.status_code < 300
    assert [("catalog", TRACE), ("cart", TRACE)] == [
        (line["service"], line["trace_id"]) for line in lines if line["trace_id"] == TRACE
    ]

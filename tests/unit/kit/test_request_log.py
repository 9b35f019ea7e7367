"""The outermost layer: a request id, security headers, and a line about the result without the content."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest

from minishop_server.kit.settings import SERVICES
from tests.support.log import logged
from tests.support.shop import PASSWORD, Shop

TOKEN = "tok_approved"


def raw(shop: Shop) -> httpx.AsyncClient:
    """Plain HTTP into the shop."""
    return httpx.AsyncClient(transport=shop.transport, base_url="http://shop")


async def test_a_request_is_one_line_with_its_outcome(sqlite_shop: Shop) -> None:
    async with raw(sqlite_shop) as http:
        with logged() as lines:
            answer = await http.get("/catalog/products?q=secret", headers={"X-Request-Id": "abc.1"})

    (line,) = lines
    assert {
        "event": "request",
        "level": "info",
        "time": line["time"],
        "service": "catalog",
        "request_id": "abc.1",
        "trace_id": line["trace_id"],
        "span_id": line["span_id"],
        "operation": "list_products",
        "status": 401,
        "ms": line["ms"],
    } == line
    assert line["ms"] >= 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z", line["time"])
    assert "abc.1" == answer.headers["X-Request-Id"] == answer.json()["request_id"]


@pytest.mark.parametrize("path", ["/auth/livez", "/auth/readyz", "/auth/revocations", "/auth/.well-known/jwks.json"])
async def test_what_is_asked_for_ever_is_a_line_when_it_fails_alone(sqlite_shop: Shop, path: str) -> None:
    async with raw(sqlite_shop) as http:
        with logged() as lines:
            statuses = [(await http.get(path, params=query)).status_code for query in ({}, {"nobody": "knows"})]

    assert [200, 400] == statuses
    assert [400] == [line["status"] for line in lines]


@pytest.mark.parametrize("path", ["/nothing", *(f"/{name}/livez" for name in SERVICES), "/cart", "/catalog/nothing"])
async def test_an_answer_of_a_service_is_data_and_nothing_else_to_a_browser(sqlite_shop: Shop, path: str) -> None:
    async with raw(sqlite_shop) as http:
        answer = await http.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert ("script-src" in policy) == (path == "/nothing")  # a page answers there
    assert "nosniff" == answer.headers["X-Content-Type-Options"]
    assert "no-referrer" == answer.headers["Referrer-Policy"]
    assert 1 == len(answer.headers.get_list("X-Request-Id"))
    if path != "/nothing":
        assert "no-store" == answer.headers["Cache-Control"]


@pytest.mark.parametrize("sent", [None, "", "x" * 65, "a b", "é", 'a"b', "a\tb"])
async def test_a_request_without_a_fit_id_gets_one(sqlite_shop: Shop, sent: str | None) -> None:
    headers = {} if sent is None else {"X-Request-Id": sent.encode()}

    async with raw(sqlite_shop) as http:
        answers = [await http.get("/auth/livez", headers=headers) for _ in range(2)]  # type: ignore[arg-type]

    ids = {answer.headers["X-Request-Id"] for answer in answers}
    assert 2 == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{16}", made) for made in ids)


async def test_the_id_of_a_checkout_travels_to_every_service_it_calls(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await shop.customer()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=1)
    token = (await shop.client.auth.login(username="ada", password=PASSWORD)).access_token
    shop.wire.calls.clear()
    shop.wire.requests.clear()

    async with raw(shop) as http:
        answer = await http.post(
            "/orders/checkout",
            json={"user_id": ada.id, "payment_method": "credit_card"},
            headers={"Authorization": f"Bearer {token}", "X-Request-Id": "purchase-1"},
        )

    assert 201 == answer.status_code
    # Beside it, Orders asks Shipping for news and Auth for ended sessions, which belongs to no request.
    asks = [request for request in shop.wire.requests if request.url.path in ("/shipping/events", "/auth/revocations")]
    news = {"none", *(request.headers["X-Request-Id"] for request in asks)}
    asked = [request for request in shop.wire.requests if request.headers["X-Request-Id"] not in news]
    assert {"/auth", "/cart", "/catalog", "/payments", "/shipping", "/notifications"} == {
        "/" + request.url.path.split("/")[1] for request in asked
    }
    assert {"purchase-1"} == {request.headers["X-Request-Id"] for request in asked}


async def test_no_secret_of_a_purchase_is_in_any_line(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    with logged() as lines:
        ada = await shop.customer()
        await ada.shop.cart.add_cart_item(product_id=1, quantity=1)
        await ada.checkout(payment_token=TOKEN)
        await ada.shop.catalog.list_products(q="query-text")
        async with raw(shop) as http:
            login = await http.post("/auth/login", json={"username": "ada", "password": PASSWORD})
            await http.post("/auth/login", json={"username": "ada", "password": "wrong-" + PASSWORD})
            await http.post("/auth/login", json={"username": "ada", "password": PASSWORD, "x": "unknown-field"})
            await http.get("/auth/me", headers={"Authorization": "Bearer not-a-good-token"})

    token = login.json()["access_token"]
    assert len(lines) > 15
    text = str(lines)
    for secret in (PASSWORD, TOKEN, token, token.split(".")[2], "query-text", "not-a-good-token", "unknown-field"):
        assert secret not in text
    assert "ada@example.com" not in text


async def test_an_error_of_ours_is_logged_without_its_message(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(username: str, password: str) -> None:
        raise RuntimeError(f"could not look up {password}")

    monkeypatch.setattr(sqlite_shop.domain("auth"), "login", fail)
    async with raw(sqlite_shop) as http:
        with logged() as lines:
            answer = await http.post("/auth/login", json={"username": "ada", "password": PASSWORD})

    assert (500, "internal_error") == (answer.status_code, answer.json()["code"])
    assert PASSWORD not in answer.text
    assert ["unhandled_exception", "request"] == [line["event"] for line in lines]
    assert "RuntimeError" in lines[0]["exception"]
    assert PASSWORD not in str(lines)


async def test_a_shop_where_nobody_buys_writes_nothing(sqlite_shop: Shop) -> None:
    asked = asyncio.Event()
    sqlite_shop.wire.after = lambda call: asked.set() if call == "GET /shipping/events" else None

    with logged() as lines:
        await asked.wait()
        await sqlite_shop.domain("orders").joined()

    assert [] == lines

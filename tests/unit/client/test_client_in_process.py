"""An application in the same process gets the same requests as over a network, and its answers are the same."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from minishop_client import AsyncMinishop, NotFound, Retry, Unauthorized, UnexpectedAnswer
from minishop_client.in_process import InProcess

CART = {"items": [], "total_items": 0, "total_price": 0.0}
TOKEN = {"access_token": "token-1", "token_type": "bearer", "expires_in": 900}
ONCE = Retry(attempts=1)

Answer = Callable[[dict[str, Any], bytes], tuple[int, Any]]


class Application:
    """Answers with `answer`, and notes the scopes and bodies."""

    def __init__(self, answer: Answer = lambda scope, body: (200, CART)) -> None:
        self.answer = answer
        self.seen: list[tuple[dict[str, Any], bytes]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        body = message["body"]
        while message.get("more_body"):
            message = await receive()
            body += message["body"]
        self.seen.append((scope, body))
        status, shown = self.answer(scope, body)
        headers = [(b"etag", b'"7"'), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        text = json.dumps(shown).encode()
        await send({"type": "http.response.body", "body": text[:5], "more_body": True})
        await send({"type": "http.response.body", "body": text[5:]})

    def authorizations(self) -> list[str | None]:
        """The header of each request to the cart."""
        return [headers(scope).get("authorization") for scope, _ in self.seen if scope["path"] == "/cart"]


def headers(scope: dict[str, Any]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in scope["headers"]}


async def fill_cart(shop: AsyncMinishop) -> object:
    return await shop.cart.add_cart_item(product_id=1, quantity=2)


async def filtered(shop: AsyncMinishop) -> object:
    return await shop.catalog.list_products(q="Tee & Café =?", in_stock=True, ids=[1, 2])


async def odd_path(shop: AsyncMinishop) -> object:
    return await shop.shipping.get_shipment("ORD/1 ü")


async def form(shop: AsyncMinishop) -> object:
    return await shop.auth.introspect(token="a b&c")


async def header(shop: AsyncMinishop) -> object:
    return await shop.cart.clear_cart(if_match='"7"')


@pytest.mark.parametrize("call", [fill_cart, filtered, odd_path, form, header])
async def test_the_request_is_the_one_of_httpx(call: Callable[[AsyncMinishop], Awaitable[object]]) -> None:
    direct, by_httpx = Application(), Application()
    for transport in InProcess(direct), httpx.ASGITransport(by_httpx):
        async with AsyncMinishop("http://shop:8000/under", transport=transport, retry=ONCE).with_token("t") as shop:
            with contextlib.suppress(UnexpectedAnswer):
                await call(shop)

    (one, body), (other, its_body) = direct.seen[0], by_httpx.seen[0]
    for same in "type", "http_version", "method", "scheme", "path", "raw_path", "server", "root_path":
        assert other[same] == one[same]
    assert parse_qsl(other["query_string"].decode()) == parse_qsl(one["query_string"].decode())
    if b"{" in its_body:
        assert json.loads(its_body) == json.loads(body)
    else:
        assert parse_qsl(its_body.decode()) == parse_qsl(body.decode())
    of_httpx = {"accept", "accept-encoding", "connection", "user-agent"}
    assert {name: value for name, value in headers(other).items() if name not in of_httpx} == headers(one)


async def test_an_answer_shows_its_status_and_headers() -> None:
    async with AsyncMinishop("http://shop", transport=InProcess(Application())).with_token("t") as shop:
        answer = await shop.cart.with_headers.get_cart()

    assert (200, '"7"', '"7"', 0) == (answer.status, answer.headers["etag"], answer.http.headers["ETag"], 0)


async def test_a_refusal_is_the_exception_of_its_status() -> None:
    application = Application(lambda scope, body: (404, {"code": "not_found", "title": "Not found", "detail": "Gone."}))

    async with AsyncMinishop("http://shop", transport=InProcess(application)).with_token("t") as shop:
        with pytest.raises(NotFound, match=r"Gone\."):
            await shop.cart.get_cart()


async def test_an_answer_of_another_shape_is_unexpected() -> None:
    application = Application(lambda scope, body: (200, ["no cart"]))

    async with AsyncMinishop("http://shop", transport=InProcess(application)).with_token("t") as shop:
        with pytest.raises(UnexpectedAnswer):
            await shop.cart.get_cart()


async def test_a_login_happens_at_the_first_call_and_again_when_its_token_is_refused() -> None:
    tokens = iter(["token-1", "token-2"])

    def answer(scope: dict[str, Any], body: bytes) -> tuple[int, Any]:
        if scope["path"] == "/auth/login":
            return 200, TOKEN | {"access_token": next(tokens)}
        refused = len(application.authorizations()) > 1 and headers(scope)["authorization"] == "Bearer token-1"
        return (401, {}) if refused else (200, CART)

    application = Application(answer)
    async with AsyncMinishop("http://shop", transport=InProcess(application)).login("ada", "x") as ada:
        for _ in range(3):
            await ada.cart.get_cart()

    assert "Bearer token-1" == application.authorizations()[0]
    assert ["Bearer token-2"] * 2 == application.authorizations()[-2:]


async def test_a_refused_token_that_is_not_renewed_is_an_exception() -> None:
    application = Application(lambda scope, body: (401, {"code": "unauthorized"}))

    async with AsyncMinishop("http://shop", transport=InProcess(application)).with_token("t") as shop:
        with pytest.raises(Unauthorized):
            await shop.cart.get_cart()

    assert 1 == len(application.seen)


async def test_an_application_that_does_not_answer_in_time_is_a_timeout() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    shop = AsyncMinishop("http://shop", transport=InProcess(application), timeout=0.05, retry=ONCE)
    async with shop.with_token("t") as caller:
        with pytest.raises(httpx.ReadTimeout, match=r"GET /cart took longer than 0\.05 s"):
            await caller.cart.get_cart()


@pytest.mark.parametrize("failure", [TimeoutError("its own"), ZeroDivisionError()])
async def test_an_exception_of_the_application_is_the_callers(failure: Exception) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise failure

    async with AsyncMinishop("http://shop", transport=InProcess(application), retry=ONCE).with_token("t") as shop:
        with pytest.raises(type(failure)):
            await shop.cart.get_cart()


async def test_an_application_that_ends_without_an_answer_is_an_error() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()

    async with AsyncMinishop("http://shop", transport=InProcess(application)).with_token("t") as shop:
        with pytest.raises(RuntimeError, match="without an answer"):
            await shop.cart.get_cart()


async def test_the_caller_stays_until_the_answer_is_there() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        gone = asyncio.ensure_future(receive())
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(CART).encode()})
        assert not gone.done()
        gone.cancel()

    async with AsyncMinishop("http://shop", transport=InProcess(application)).with_token("t") as shop:
        assert 0 == (await shop.cart.get_cart()).total_items


async def test_a_closed_shop_takes_no_calls() -> None:
    async with AsyncMinishop("http://shop", transport=InProcess(Application())).with_token("t") as shop:
        await shop.cart.get_cart()

    with pytest.raises(RuntimeError):
        await shop.cart.get_cart()


async def test_other_requests_of_httpx_get_the_added_headers_too() -> None:
    application = Application()
    transport = InProcess(application, client=("internal", 0), headers=lambda: [(b"x-request-id", b"abc")])

    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as http:
        answer = await http.post("/cart?a=b%20c", content=b"exactly")
    async with AsyncMinishop("http://shop", transport=transport).with_token("t") as shop:
        await shop.cart.get_cart()

    assert CART == answer.json()
    assert [(b"a=b%20c", b"exactly"), (b"", b"")] == [(scope["query_string"], body) for scope, body in application.seen]
    assert ["abc"] * 2 == [headers(scope)["x-request-id"] for scope, _ in application.seen]
    assert [("internal", 0)] * 2 == [scope["client"] for scope, _ in application.seen]

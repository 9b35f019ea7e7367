"""Tokens are fetched when they are needed, kept, and renewed."""

import asyncio
import base64
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from minishop_client import AsyncMinishop, Minishop, TokenAuth, Unauthorized, UnexpectedAnswer
from tests.support.scripted_service import TOKEN, Reply, Service

CART = {"items": [], "total_items": 0, "total_price": 0.0}
LOGIN, READ = "POST /auth/login", "GET /cart"
SECOND = {**TOKEN, "access_token": "token-2"}


def bearers(service: Service) -> list[str | None]:
    return [s.headers.get("Authorization") for s in service.seen if s.route == READ]


def test_nothing_is_sent_before_the_first_call(service: Service) -> None:
    Minishop(service.url).login("ada", "a-long-walk").close()

    assert [] == service.seen


def test_the_first_call_logs_in_and_later_ones_reuse_the_token(service: Service) -> None:
    service.on(READ, Reply(200, CART))

    with Minishop(service.url).login("ada", "a-long-walk") as shop:
        shop.cart.get_cart()
        shop.cart.get_cart()

    assert [LOGIN, READ, READ] == service.routes()
    assert ["Bearer token-1"] * 2 == bearers(service)
    assert {"username": "ada", "password": "a-long-walk"} == json.loads(service.seen[0].body)


def test_a_token_that_no_longer_holds_is_renewed_once(service: Service) -> None:
    service.on(LOGIN, Reply(200, TOKEN), Reply(200, SECOND))
    service.on(READ, Reply(200, CART), Reply(401, {}), Reply(200, CART))

    with Minishop(service.url).login("ada", "a-long-walk") as shop:
        shop.cart.get_cart()
        shop.cart.get_cart()

    assert [LOGIN, READ, READ, LOGIN, READ] == service.routes()
    assert ["Bearer token-1", "Bearer token-1", "Bearer token-2"] == bearers(service)


async def test_an_awaited_call_renews_its_token_too(service: Service) -> None:
    service.on(LOGIN, Reply(200, TOKEN), Reply(200, SECOND))
    service.on(READ, Reply(401, {}), Reply(200, CART))

    async with AsyncMinishop(service.url).login("ada", "a-long-walk") as shop:
        await shop.cart.get_cart()

    assert ["Bearer token-1", "Bearer token-2"] == bearers(service)


def test_a_second_refusal_is_raised(service: Service) -> None:
    service.on(READ, Reply(401, {"code": "unauthorized"}))

    with Minishop(service.url).login("ada", "a-long-walk") as shop, pytest.raises(Unauthorized):
        shop.cart.get_cart()

    assert [LOGIN, READ, LOGIN, READ] == service.routes()


def test_a_write_sends_its_body_again_after_the_renewal(service: Service) -> None:
    service.on("POST /cart/items", Reply(401, {}), Reply(201, CART))

    with Minishop(service.url).login("ada", "a-long-walk") as shop:
        shop.cart.add_cart_item(product_id=1, quantity=2)

    sent = [json.loads(s.body) for s in service.seen if s.route == "POST /cart/items"]
    assert [{"product_id": 1, "quantity": 2}] * 2 == sent


@pytest.mark.parametrize(("lifetime", "fresh_at", "stale_at"), [(900, 869.0, 870.0), (10, 8.9, 9.0)])
def test_a_token_is_renewed_shortly_before_it_expires(lifetime: int, fresh_at: float, stale_at: float) -> None:
    seen: list[str] = []

    def shop(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        return httpx.Response(200, json={**TOKEN, "expires_in": lifetime})

    now = [0.0]
    auth = TokenAuth(lambda: httpx.Request("POST", "http://shop/login"), clock=lambda: now[0])
    with httpx.Client(transport=httpx.MockTransport(shop), auth=auth) as http:
        for now[0] in (0.0, fresh_at, stale_at):
            http.get("http://shop/cart")

    assert ["/login", "/cart", "/cart", "/login", "/cart"] == seen


def test_threads_that_call_at_once_log_in_once(service: Service) -> None:
    service.on(READ, Reply(200, CART))

    with Minishop(service.url).login("ada", "a-long-walk") as shop, ThreadPoolExecutor(8) as pool:
        for job in [pool.submit(shop.cart.get_cart) for _ in range(24)]:
            job.result()

    assert 1 == service.routes().count(LOGIN)
    assert 24 == service.routes().count(READ)


async def test_tasks_that_call_at_once_log_in_once(service: Service) -> None:
    service.on(READ, Reply(200, CART))

    async with AsyncMinishop(service.url).login("ada", "a-long-walk") as shop:
        await asyncio.gather(*(shop.cart.get_cart() for _ in range(24)))

    assert 1 == service.routes().count(LOGIN)
    assert 24 == service.routes().count(READ)


async def test_tasks_whose_token_is_refused_at_once_renew_it_once() -> None:
    logins = 0

    def shop(request: httpx.Request) -> httpx.Response:
        nonlocal logins
        if request.url.path == "/auth/login":
            logins += 1
            return httpx.Response(200, json={**TOKEN, "access_token": f"token-{logins}"})
        held = request.headers["Authorization"] == "Bearer token-2"
        return httpx.Response(200 if held else 401, json=CART)

    async def answer(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        return shop(request)

    transport = httpx.MockTransport(answer)
    async with AsyncMinishop("http://shop", transport=transport).login("ada", "x") as ada:
        await asyncio.gather(*(ada.cart.get_cart() for _ in range(10)))

    assert 2 == logins


def test_what_is_public_is_called_without_logging_in(service: Service) -> None:
    service.on("GET /catalog/livez", Reply(200, {"status": "ok"}))

    with Minishop(service.url).login("nobody", "yet") as shop:
        assert "ok" == shop.catalog.livez().status

    assert [None] == [seen.headers.get("Authorization") for seen in service.seen]


def test_a_refused_login_is_raised_by_the_call_that_needed_it(service: Service) -> None:
    service.on(LOGIN, Reply(401, {"code": "bad_credentials"}))

    shop = Minishop(service.url).login("ada", "wrong")
    with shop, pytest.raises(Unauthorized) as caught:
        shop.cart.get_cart()

    assert "bad_credentials" == caught.value.code
    assert [LOGIN] == service.routes()


@pytest.mark.parametrize("body", ["<html>", "[]", {"access_token": "t"}, {"expires_in": 9}])
def test_a_login_answered_with_something_else_is_an_unexpected_answer(service: Service, body: Any) -> None:
    service.on(LOGIN, Reply(200, body))

    with Minishop(service.url).login("ada", "x") as shop, pytest.raises(UnexpectedAnswer):
        shop.cart.get_cart()


def test_a_service_names_itself_by_http_basic(service: Service) -> None:
    service.on("POST /auth/token", Reply(200, TOKEN))
    service.on(READ, Reply(200, CART))

    with Minishop(service.url).as_service("orders", "s3cret:with colon") as shop:
        shop.cart.get_cart()

    asked = service.seen[0]
    basic = base64.b64encode(b"orders:s3cret:with colon").decode()
    assert f"Basic {basic}" == asked.headers["Authorization"]
    assert b"grant_type=client_credentials&resource=cart" == asked.body
    assert ["Bearer token-1"] == bearers(service)


def test_a_token_that_is_given_is_sent_and_not_renewed(service: Service) -> None:
    service.on(READ, Reply(401, {}))

    with Minishop(service.url).with_token("mine") as shop, pytest.raises(Unauthorized):
        shop.cart.get_cart()

    assert ["Bearer mine"] == bearers(service)
    assert [READ] == service.routes()


def test_users_share_the_connections_and_not_the_tokens(service: Service) -> None:
    service.on(LOGIN, Reply(200, TOKEN), Reply(200, SECOND))
    service.on(READ, Reply(200, CART))

    with Minishop(service.url) as shop:
        ada, bob = shop.login("ada", "a"), shop.login("bob", "b")
        ada.cart.get_cart()
        bob.cart.get_cart()
        shop.cart.get_cart()
        ada.cart.get_cart()

    assert ["Bearer token-1", "Bearer token-2", None, "Bearer token-1"] == bearers(service)


def test_a_login_has_the_timeouts_of_the_call_that_needs_it() -> None:
    timeouts: list[object] = []

    def shop(request: httpx.Request) -> httpx.Response:
        timeouts.append(request.extensions["timeout"])
        return httpx.Response(200, json={**TOKEN, **CART})

    transport = httpx.MockTransport(shop)
    with Minishop("http://shop", timeout=2.5, transport=transport).login("ada", "x") as ada:
        ada.cart.get_cart()

    assert [httpx.Timeout(2.5).as_dict()] * 2 == timeouts

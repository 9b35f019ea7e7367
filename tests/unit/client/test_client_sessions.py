"""A login goes on by its refresh token, and can be ended."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from minishop_client import AsyncMinishop, Minishop, Retry, TooManyRequests, Unauthorized, Unavailable
from tests.support.scripted_service import TOKEN, Reply, Service

CART = {"items": [], "total_items": 0, "total_price": 0.0}
LOGIN, REFRESH, LOGOUT, READ = "POST /auth/login", "POST /auth/refresh", "POST /auth/logout", "GET /cart"
LOST = Reply(0)


def tokens(number: int) -> Reply:
    """The answer to a login or a refresh."""
    return Reply(200, {**TOKEN, "access_token": f"token-{number}", "refresh_token": f"refresh-{number}"})


def presented(service: Service) -> list[str]:
    """The refresh tokens that were sent, in order."""
    return [json.loads(seen.body)["refresh_token"] for seen in service.seen if seen.route == REFRESH]


def bearers(service: Service, route: str = READ) -> list[str | None]:
    return [seen.headers.get("Authorization") for seen in service.seen if seen.route == route]


@pytest.fixture
def spent(service: Service) -> Service:
    """Refuses the first access token, and gives a new one to each login or refresh."""
    service.on(LOGIN, tokens(1), tokens(3))
    service.on(REFRESH, tokens(2))
    service.on(READ, Reply(401, {}), Reply(200, CART))
    return service


def test_a_login_is_renewed_by_its_refresh_token_and_not_by_the_password(spent: Service) -> None:
    with Minishop(spent.url).login("ada", "x") as shop:
        assert shop.refresh_token is None
        shop.cart.get_cart()

        assert "refresh-2" == shop.refresh_token
    assert [LOGIN, READ, REFRESH, READ] == spent.routes()
    assert ["refresh-1"] == presented(spent)
    assert ["Bearer token-1", "Bearer token-2"] == bearers(spent)


async def test_an_awaited_login_is_renewed_so_too(spent: Service) -> None:
    async with AsyncMinishop(spent.url).login("ada", "x") as shop:
        await shop.cart.get_cart()

        assert "refresh-2" == shop.refresh_token
    assert [LOGIN, READ, REFRESH, READ] == spent.routes()


def test_a_refused_refresh_is_followed_by_a_login(spent: Service) -> None:
    spent.on(REFRESH, Reply(401, {"code": "refresh_refused"}))

    with Minishop(spent.url).login("ada", "x") as shop:
        shop.cart.get_cart()

    assert [LOGIN, READ, REFRESH, LOGIN, READ] == spent.routes()
    assert ["Bearer token-1", "Bearer token-3"] == bearers(spent)


async def test_an_awaited_refresh_that_is_refused_is_followed_by_a_login(spent: Service) -> None:
    spent.on(REFRESH, Reply(401, {"code": "refresh_refused"}))

    async with AsyncMinishop(spent.url).login("ada", "x") as shop:
        await shop.cart.get_cart()

    assert [LOGIN, READ, REFRESH, LOGIN, READ] == spent.routes()


@pytest.mark.parametrize("answer", [LOST, Reply(503, {}, {"Retry-After": "0"})], ids=["lost", "503"])
def test_a_refresh_token_is_not_sent_again_where_it_may_have_worked(spent: Service, answer: Reply) -> None:
    spent.on(REFRESH, answer, tokens(2))
    spent.on(READ, Reply(401, {}), Reply(401, {}), Reply(200, CART))

    with Minishop(spent.url).login("ada", "x") as shop:
        shop.cart.get_cart()  # which is repeated, as any read is

    assert [LOGIN, READ, REFRESH, READ, LOGIN, READ] == spent.routes()
    assert ["refresh-1"] == presented(spent)


def test_a_refresh_that_was_put_off_is_made_later_with_the_same_token(spent: Service) -> None:
    spent.on(REFRESH, Reply(429, {}, {"Retry-After": "0"}), tokens(2))

    with Minishop(spent.url, retry=Retry(attempts=1)).login("ada", "x") as shop:
        with pytest.raises(TooManyRequests):
            shop.cart.get_cart()
        spent.on(READ, Reply(401, {}), Reply(200, CART))
        shop.cart.get_cart()

    assert ["refresh-1", "refresh-1"] == presented(spent)
    assert 1 == spent.routes().count(LOGIN)


def test_threads_whose_token_is_refused_at_once_refresh_once() -> None:
    refreshes = 0

    def shop(request: httpx.Request) -> httpx.Response:
        nonlocal refreshes
        if request.url.path == "/auth/login":
            return httpx.Response(200, json=tokens(1).body)
        if request.url.path == "/auth/refresh":
            refreshes += 1
            return httpx.Response(200, json=tokens(2).body)
        held = request.headers["Authorization"] == "Bearer token-2"
        return httpx.Response(200 if held else 401, json=CART)

    transport = httpx.MockTransport(shop)
    with Minishop("http://shop", transport=transport).login("ada", "x") as ada, ThreadPoolExecutor(8) as pool:
        for job in [pool.submit(ada.cart.get_cart) for _ in range(24)]:
            job.result()

    assert 1 == refreshes


async def test_tasks_whose_token_is_refused_at_once_refresh_once() -> None:
    refreshes = 0

    async def shop(request: httpx.Request) -> httpx.Response:
        nonlocal refreshes
        await asyncio.sleep(0)
        if request.url.path == "/auth/refresh":
            refreshes += 1
            return httpx.Response(200, json=tokens(2).body)
        held = request.headers["Authorization"] == "Bearer token-2"
        return httpx.Response(200 if held else 401, json=CART)

    transport = httpx.MockTransport(shop)
    async with AsyncMinishop("http://shop", transport=transport).with_refresh_token("refresh-1") as ada:
        await asyncio.gather(*(ada.cart.get_cart() for _ in range(10)))

    assert 1 == refreshes


def test_a_login_is_resumed_from_its_refresh_token_alone(service: Service) -> None:
    service.on(REFRESH, tokens(2))
    service.on(READ, Reply(200, CART))

    with Minishop(service.url).with_refresh_token("refresh-1") as shop:
        shop.cart.get_cart()

        assert "refresh-2" == shop.refresh_token
    assert [REFRESH, READ] == service.routes()
    assert ["refresh-1"] == presented(service)


def test_a_resumed_login_that_is_over_raises_unauthorized_from_then_on(service: Service) -> None:
    service.on(REFRESH, Reply(401, {"code": "refresh_refused"}))

    codes = []
    with Minishop(service.url).with_refresh_token("refresh-1") as shop:
        for _ in range(2):
            with pytest.raises(Unauthorized) as caught:
                shop.cart.get_cart()
            codes.append(caught.value.code)

    assert ["refresh_refused", "no_login"] == codes
    assert [REFRESH] == service.routes()


def test_a_resumed_login_tries_its_token_once_more_after_a_lost_answer(service: Service) -> None:
    service.on(REFRESH, LOST, Reply(401, {"code": "refresh_refused"}))

    with Minishop(service.url).with_refresh_token("refresh-1") as shop, pytest.raises(Unauthorized):
        shop.cart.get_cart()

    assert ["refresh-1", "refresh-1"] == presented(service)


def test_logout_ends_the_session_and_later_calls_are_not_sent(service: Service) -> None:
    service.on(LOGIN, tokens(1))
    service.on(LOGOUT, Reply(204))
    service.on(READ, Reply(200, CART))

    with Minishop(service.url).login("ada", "x") as shop:
        shop.cart.get_cart()
        shop.logout()
        with pytest.raises(Unauthorized) as caught:
            shop.cart.get_cart()

        assert ("logged_out", None) == (caught.value.code, shop.refresh_token)
    assert [LOGIN, READ, LOGOUT] == service.routes()
    assert ["Bearer token-1"] == bearers(service, LOGOUT)


async def test_an_awaited_logout_does_the_same(service: Service) -> None:
    service.on(LOGIN, tokens(1))
    service.on(LOGOUT, Reply(204))
    service.on(READ, Reply(200, CART))

    async with AsyncMinishop(service.url).login("ada", "x") as shop:
        await shop.cart.get_cart()
        await shop.logout()
        with pytest.raises(Unauthorized):
            await shop.cart.get_cart()

    assert [LOGIN, READ, LOGOUT] == service.routes()


def test_logout_before_the_first_call_sends_nothing(service: Service) -> None:
    with Minishop(service.url).login("ada", "x") as shop:
        shop.logout()
        with pytest.raises(Unauthorized):
            shop.cart.get_cart()

    assert [] == service.routes()


def test_logout_of_a_session_that_is_over_logs_nobody_in(service: Service) -> None:
    service.on(LOGIN, tokens(1))
    service.on(READ, Reply(200, CART))
    service.on(LOGOUT, Reply(401, {}))
    service.on(REFRESH, Reply(401, {}))

    with Minishop(service.url).login("ada", "x") as shop:
        shop.cart.get_cart()
        shop.logout()

    assert [LOGIN, READ, LOGOUT, REFRESH] == service.routes()


def test_a_logout_that_failed_can_be_repeated(service: Service) -> None:
    service.on(LOGIN, tokens(1))
    service.on(READ, Reply(200, CART))
    service.on(LOGOUT, Reply(503, {}), Reply(204))

    with Minishop(service.url).login("ada", "x") as shop:
        shop.cart.get_cart()
        with pytest.raises(Unavailable):
            shop.logout()
        shop.logout()

    assert ["Bearer token-1"] * 2 == bearers(service, LOGOUT)


@pytest.mark.parametrize("resume", [lambda s: s.login("ada", "x"), lambda s: s.with_refresh_token("refresh-0")])
def test_no_token_stands_in_what_is_printed(service: Service, resume: Callable[[Minishop], Minishop]) -> None:
    service.on(LOGIN, tokens(1))
    service.on(REFRESH, tokens(2))
    service.on(READ, Reply(200, CART))

    with resume(Minishop(service.url)) as shop:
        shop.cart.get_cart()

        assert "refresh-" not in repr(shop) + repr(vars(shop))

"""One client in forked processes and in several event loops: connections and locks of its own in each."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import threading
import time
import warnings
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from minishop_client import AsyncMinishop, Minishop
from minishop_client.services.cart import CartApi
from tests.support.scripted_service import TOKEN, Reply, Seen, Service

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
USERS = (1, 2, 3)
CALLS = 100
CART = {"items": [], "total_items": 0, "total_price": 0}
LOGIN, READ, ME = "POST /auth/login", "GET /cart", "GET /auth/me"


def answer_with_the_caller(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """`GET /auth/me` is the account of the user whose number is the token."""

    def take(seen: Seen) -> Reply:
        id = int(re.sub(r"\D", "", seen.headers["Authorization"]))
        user = {"id": id, "username": f"u{id}", "email": "a@example.com", "role": "customer"}
        return Reply(200, user | {"created_at": "2025-10-06T18:20:00Z"})

    monkeypatch.setattr(service, "take", take)


def exit_codes(work: Callable[[], int], children: int) -> Iterator[int]:
    """Fork, and yield the result of `work` in each child, or -9 for one that hangs."""
    running = []
    for _ in range(children):
        child = os.fork()
        if child == 0:
            code = 99
            try:
                code = work()
            finally:
                os._exit(code)
        running.append(child)
    until = time.monotonic() + 60
    for child in running:
        ended, status = os.waitpid(child, os.WNOHANG)
        while not ended and time.monotonic() < until:
            time.sleep(0.01)
            ended, status = os.waitpid(child, os.WNOHANG)
        if not ended:
            os.kill(child, 9)
            _, status = os.waitpid(child, 0)
        yield os.waitstatus_to_exitcode(status)


def test_six_forked_children_get_their_own_answers(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with_the_caller(service, monkeypatch)
    with Minishop(service.url) as shop:
        users = {id: shop.with_token(str(id)) for id in USERS}

        def strangers() -> int:
            return min(90, sum(users[id].auth.get_me().id != id for _ in range(CALLS) for id in USERS))

        assert 0 == strangers()
        assert [0] * 6 == list(exit_codes(strangers, 6))
        assert 0 == strangers()


def test_six_forked_children_get_their_own_awaited_answers(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with_the_caller(service, monkeypatch)
    shop = AsyncMinishop(service.url)
    users = {id: shop.with_token(str(id)) for id in USERS}

    async def strangers() -> int:
        answers = [(await users[id].auth.get_me()).id != id for _ in range(CALLS) for id in USERS]
        return min(90, sum(answers))

    parents = asyncio.new_event_loop()  # still open, with its connections, while the children run
    try:
        assert 0 == parents.run_until_complete(strangers())
        assert [0] * 6 == list(exit_codes(lambda: asyncio.run(strangers()), 6))
        assert 0 == parents.run_until_complete(strangers())
        parents.run_until_complete(shop.aclose())
    finally:
        parents.close()


def test_a_child_does_not_wait_for_a_login_that_ran_at_the_fork(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.on(READ, Reply(200, CART))
    asked, go_on, usual = threading.Event(), threading.Event(), service.take

    def take(seen: Seen) -> Reply:
        if seen.route == LOGIN and not asked.is_set():
            asked.set()
            go_on.wait(60)
        return usual(seen)

    monkeypatch.setattr(service, "take", take)
    with Minishop(service.url).login("ada", "a-long-walk") as shop, ThreadPoolExecutor(1) as pool:
        parents = pool.submit(shop.cart.get_cart)
        asked.wait(60)
        try:
            assert [0] == list(exit_codes(lambda: shop.cart.get_cart().total_items, 1))
        finally:
            go_on.set()
        assert 0 == parents.result().total_items


def test_a_child_leaves_the_refresh_token_to_its_parent(service: Service) -> None:
    service.on(READ, Reply(200, CART))
    service.on(LOGIN, Reply(200, {**TOKEN, "expires_in": 0, "refresh_token": "once"}))

    with Minishop(service.url).login("ada", "a-long-walk") as shop:
        shop.cart.get_cart()
        assert [0] == list(exit_codes(lambda: shop.cart.get_cart().total_items, 1))
        assert "once" == shop.refresh_token

    assert [LOGIN, READ] * 2 == service.routes()


def test_a_given_network_transport_is_refused_in_a_child(service: Service) -> None:
    service.on(READ, Reply(200, CART))
    with Minishop(service.url, transport=httpx.HTTPTransport()) as shop:

        def refused() -> int:
            with pytest.raises(RuntimeError, match="in each process"):
                shop.cart.get_cart()
            return 0

        assert 0 == shop.cart.get_cart().total_items
        assert [0] == list(exit_codes(refused, 1))


def test_a_given_http_client_is_refused_in_a_child(service: Service) -> None:
    service.on(READ, Reply(200, CART))
    with httpx.Client() as http:
        cart = CartApi(http, service.url)

        def refused() -> int:
            with pytest.raises(RuntimeError, match="in each process"):
                cart.get_cart()
            return 0

        assert 0 == cart.get_cart().total_items
        assert [0] == list(exit_codes(refused, 1))


def test_an_awaited_shop_works_in_one_loop_after_another(service: Service) -> None:
    service.on(READ, Reply(401, {}), Reply(200, CART))
    shop = AsyncMinishop(service.url).login("ada", "a-long-walk")
    loops: list[weakref.ref[Any]] = []

    async def calls() -> None:
        loops.append(weakref.ref(asyncio.get_running_loop()))
        carts = await asyncio.gather(*(shop.cart.get_cart() for _ in range(5)))
        assert [0] * 5 == [cart.total_items for cart in carts]

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        for _ in range(5):
            asyncio.run(calls())
        gc.collect()

    assert [] == [str(warning.message) for warning in caught]
    assert [None] * 5 == [loop() for loop in loops]


def test_loops_that_were_only_closed_are_forgotten(service: Service) -> None:
    service.on(READ, Reply(200, CART))
    shop = AsyncMinishop(service.url)
    loops: list[weakref.ref[Any]] = []

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # asyncio's own, as the connections were not closed
        for _ in range(5):
            loop = asyncio.new_event_loop()
            loop.run_until_complete(shop.cart.get_cart())
            loop.close()
            loops.append(weakref.ref(loop))
            del loop
        asyncio.run(shop.aclose())
        gc.collect()

    assert [None] * 5 == [loop() for loop in loops]


def test_two_loops_at_once_log_in_once(service: Service) -> None:
    service.on(READ, Reply(200, CART))
    shop = AsyncMinishop(service.url).login("ada", "a-long-walk")
    together = threading.Barrier(2)

    async def calls() -> int:
        together.wait(60)
        return sum([(await shop.cart.get_cart()).total_items for _ in range(50)])

    with ThreadPoolExecutor(2) as pool:
        results = [pool.submit(asyncio.run, calls()) for _ in range(2)]
        assert [0, 0] == [result.result() for result in results]

    assert (1, 100) == (service.routes().count(LOGIN), service.routes().count(READ))


def test_a_shop_can_be_closed_in_each_loop(service: Service) -> None:
    service.on(READ, Reply(200, CART))
    shop = AsyncMinishop(service.url)

    async def one() -> int:
        async with shop:
            return (await shop.cart.get_cart()).total_items

    assert [0, 0] == [asyncio.run(one()) for _ in range(2)]


async def test_a_closed_awaited_shop_takes_no_calls(service: Service) -> None:
    async with AsyncMinishop(service.url) as shop:
        pass

    with pytest.raises(RuntimeError):
        await shop.cart.get_cart()

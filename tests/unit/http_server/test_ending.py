"""The last requests of a server that is about to end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from minishop_server.hosting.http_server import server
from tests.support.http_server import Serving

LIVE = "GET /cart/livez HTTP/1.1\r\nHost: shop\r\n\r\n"
LOGIN = "POST /auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n"
BODY = '{"username": "ada", "password": "not the password"}'


async def until(holds: Callable[[], bool]) -> None:
    """Wait for an event that nothing tells."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_connection_stays_open_for_one_more_request_whose_response_says_that_it_closes(
    serving: Serving,
) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(LIVE)
        assert "connection" not in (await line.answer()).headers
        shop.connections.drain()

        await line.send(LIVE)
        answer = await line.answer()

        assert (200, "close") == (answer.status, answer.headers["connection"])
        assert b"" == await line.ended()


async def test_a_new_connection_is_accepted_for_one_request(serving: Serving) -> None:
    async with serving() as shop:
        shop.connections.drain()
        async with shop.line() as line:
            await line.send(LIVE)
            answer = await line.answer()

            assert (200, "close") == (answer.status, answer.headers["connection"])
            assert b"" == await line.ended()


async def test_a_request_that_is_being_sent_is_answered_and_closes_its_connection(serving: Serving) -> None:
    async with serving() as shop, shop.line() as head, shop.line() as body:
        await head.send(LIVE[:20])
        await body.send(f"{LOGIN}Content-Length: {len(BODY)}\r\n\r\n", BODY[:10])
        await until(lambda: bool(shop.connections.held))

        shop.connections.drain()
        await head.send(LIVE[20:])
        await body.send(BODY[10:])

        for line, status in (head, 200), (body, 401):
            answer = await line.answer()
            assert (status, "close") == (answer.status, answer.headers["connection"])
            assert b"" == await line.ended()


async def test_the_server_waits_for_a_request_whose_head_has_begun(serving: Serving) -> None:
    async with serving() as shop, shop.line() as idle, shop.line() as line:
        await line.send(LIVE[:20])
        await asyncio.sleep(0)
        shop.server.should_exit = True
        assert b"" == await idle.ended()

        await line.send(LIVE[20:])

        assert 200 == (await line.answer()).status


async def test_a_large_body_that_is_refused_early_gets_its_response_while_the_server_drains(serving: Serving) -> None:
    async with serving() as shop, shop.line() as line:
        shop.connections.drain()

        await line.send(f"{LOGIN}Content-Length: {3 << 20}\r\n\r\n", *["x" * (1 << 20)] * 3)
        answer = await line.answer()

        assert (413, "body_too_large", "close") == (answer.status, answer.problem(), answer.headers["connection"])


async def test_a_request_that_outlasts_the_time_limit_gets_a_documented_response(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ANSWERING", 0.2)
    async with serving() as shop, shop.line() as line:
        await line.send(f"{LOGIN}Content-Length: {len(BODY)}\r\n\r\n", BODY[:10])
        shop.server.should_exit = True

        answer = await line.answer()

        assert (503, "unavailable", "close") == (answer.status, answer.problem(), answer.headers["connection"])
        assert b"The process ends." in answer.body

"""How many connections there may be, and who gives way."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack

import pytest

from tests.support.http_server import Line, Served, Serving

LIVE = "GET /cart/livez HTTP/1.1\r\n"
ASK = f"{LIVE}Host: shop\r\n\r\n"
SLOW_BODY = "POST /auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"


async def lines(stack: AsyncExitStack, shop: Served, number: int, sent: str) -> list[Line]:
    """As many connections, each of which has sent this."""
    found = [await stack.enter_async_context(shop.line()) for _ in range(number)]
    for line in found:
        await line.send(sent)
    await asyncio.sleep(0.1)
    return found


@pytest.mark.parametrize("bound", ["connections", "connections_per_address"])
@pytest.mark.parametrize("sent", ["", LIVE, ASK], ids=["nothing", "half a head", "a request"])
async def test_half_open_and_idle_connections_give_way_to_a_new_one(serving: Serving, bound: str, sent: str) -> None:
    async with serving(**{bound: 5}) as shop, AsyncExitStack() as stack:
        idle = await lines(stack, shop, 20, sent)

        assert 200 == (await shop.ask(ASK)).status
        assert len(shop.connections.open) <= 5
        if sent == ASK:
            for line in idle[-4:]:
                assert 200 == (await line.answer()).status
        assert b"" == await idle[0].ended()


@pytest.mark.parametrize("bound", ["connections", "connections_per_address"])
async def test_where_all_are_busy_a_new_one_is_503(serving: Serving, bound: str) -> None:
    async with serving(**{bound: 5}) as shop, AsyncExitStack() as stack:
        busy = await lines(stack, shop, 5, SLOW_BODY)
        refused = [await shop.ask(ASK) for _ in range(3)]
        for line in busy:
            await line.send('"a": 12}')

        assert [(503, "unavailable")] * 3 == [(answer.status, answer.problem()) for answer in refused]
        assert "retry-after" in refused[0].headers
        assert [400] * 5 == [(await line.answer()).status for line in busy]
        assert 200 == (await shop.ask(ASK)).status


async def test_the_connection_that_has_been_idle_for_longest_gives_way(serving: Serving) -> None:
    async with serving(connections_per_address=3) as shop, AsyncExitStack() as stack:
        first, second, third = await lines(stack, shop, 3, ASK)
        for line in second, third, first:
            await line.answer()
        await first.send(ASK)  # the first one to connect is the last one to be used
        await first.answer()
        await shop.ask(ASK)
        await first.send(ASK)

        assert 200 == (await first.answer()).status
        assert b"" == await second.ended()


async def test_connections_of_a_trusted_proxy_are_not_counted_as_those_of_one_address(serving: Serving) -> None:
    async with serving(trusted="127.0.0.0/8", connections_per_address=3) as shop, AsyncExitStack() as stack:
        await lines(stack, shop, 10, SLOW_BODY)

        assert 200 == (await shop.ask(ASK)).status


async def test_all_is_forgotten_once_connections_are_closed(serving: Serving) -> None:
    async with serving() as shop:
        async with AsyncExitStack() as stack:
            for sent in "", LIVE, ASK, SLOW_BODY, "nonsense\r\n\r\n":
                await lines(stack, shop, 3, sent)
        await asyncio.sleep(0.2)
        known = shop.connections

        assert ({}, {}, {}, {}, 0) == (
            known.open,
            known.waiting,
            known.by_address,
            known.held,
            known.held_bytes,
        )


async def test_a_client_that_takes_nothing_of_an_answer_is_cut_off(serving: Serving) -> None:
    async with serving(send_seconds=0.3, pipelined=100_000) as shop:
        with socket.create_connection(shop.address) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.setblocking(False)
            documents = b"GET /assets/swagger-ui-bundle.js HTTP/1.1\r\nHost: shop\r\n\r\n"
            await asyncio.get_running_loop().sock_sendall(client, documents * 20)
            for _ in range(100):
                await asyncio.sleep(0.05)
                if not shop.connections.open:
                    break

            assert {} == shop.connections.open

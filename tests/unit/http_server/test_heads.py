"""The limits of unfinished headers, and the rules for headers."""

from __future__ import annotations

import asyncio

import pytest

from minishop_server.hosting.http_server.connections import KIB
from tests.support.clocks import stand_still
from tests.support.http_server import Serving

LIVE = "GET /cart/livez HTTP/1.1\r\n"


async def test_header_lines_for_ever_are_431_and_the_connection_ends(serving: Serving) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(LIVE, *[f"X-Filler-{number}: {'x' * 1000}\r\n" for number in range(400)])

        answer = await line.answer()

        assert (431, "headers_too_large") == (answer.status, answer.problem())
        assert "close" == answer.headers["connection"]
        assert b"" == await line.ended()


@pytest.mark.parametrize(
    ("start", "piece"),
    [("GET /", "x"), (f"{LIVE}X-Long: ", "x"), (f"{LIVE}X", "x"), (f"{LIVE}Host: shop\r\n", "A:\r\n")],
    ids=["target", "value", "name", "empty fields"],
)
async def test_a_head_without_an_end_is_431_soon(serving: Serving, start: str, piece: str) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(start, *[piece * 10_000] * 100)

        answer = await line.answer()

        assert (431, "headers_too_large") == (answer.status, answer.problem())


async def test_a_target_too_long_to_be_parsed_is_431_also_in_one_read(serving: Serving) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(f"GET /{'x' * 100 * KIB} HTTP/1.1\r\nHost: shop\r\n\r\n")

        answer = await line.answer()

        assert (431, "headers_too_large") == (answer.status, answer.problem())


async def test_a_large_head_that_is_within_the_bounds_is_read_in_any_pieces(serving: Serving) -> None:
    head = f"{LIVE}Host: shop\r\nX-Large: {'x' * 15 * KIB}\r\nConnection: close\r\n\r\n"
    async with serving() as shop:
        whole = await shop.ask(head)
        in_pieces = await shop.ask(*[head[at : at + 1000] for at in range(0, len(head), 1000)], pause=0.001)

    assert (200, 200) == (whole.status, in_pieces.status)


async def test_a_head_that_takes_too_long_is_408_however_often_a_byte_comes(serving: Serving) -> None:
    async with serving(head_seconds=0.3) as shop, shop.line() as line:
        sending = asyncio.create_task(line.send(LIVE, *["X-Slow: 1\r\n"] * 100, pause=0.05))

        answer = await line.answer()
        sending.cancel()

        assert (408, "request_timeout") == (answer.status, answer.problem())
        assert "close" == answer.headers["connection"]


@pytest.mark.parametrize("sent", ["", "\r\n"], ids=["nothing", "an empty line"])
async def test_a_connection_on_which_no_request_comes_is_closed_without_a_word(serving: Serving, sent: str) -> None:
    async with serving(head_seconds=0.2) as shop, shop.line() as line:
        await line.send(sent)

        assert b"" == await line.ended()


async def test_a_slow_head_within_its_time_is_answered(serving: Serving) -> None:
    async with serving(head_seconds=5) as shop:
        answer = await shop.ask(*f"{LIVE}Host: shop\r\n\r\n", pause=0.005)

    assert 200 == answer.status


async def test_a_kept_connection_is_given_its_time_for_each_request(serving: Serving) -> None:
    async with serving(head_seconds=1.5) as shop, shop.line() as line:
        for _ in range(4):
            await line.send(LIVE, "Host: shop\r\n\r\n", pause=0.2)

            assert 200 == (await line.answer()).status
        await asyncio.sleep(1.8)  # idle between requests, which keep-alive allows for longer
        await line.send(LIVE, "Host: shop\r\n\r\n")

        assert 200 == (await line.answer()).status


@pytest.mark.parametrize(
    "head",
    [
        "GET /cart/livez HTTP/1.1\r\n\r\n",
        "GET http://shop/cart/livez HTTP/1.1\r\n\r\n",
        "GET /cart/livez HTTP/1.1\r\nHost: shop\r\nHost: shop\r\n\r\n",
        "GET /cart/livez HTTP/1.1\r\nhost: shop\r\nHOST: other\r\n\r\n",
        "GET /cart/livez HTTP/1.0\r\nHost: shop\r\nhOst: shop\r\n\r\n",
        "GET /cart/livez HTTP/1.1\r\nHost: shop, other\r\n\r\n",
        "GET /cart/livez HTTP/1.1\r\nHost: shop/cart\r\n\r\n",
        "GET /cart/livez\r\n\r\n",
        "GET /cart/livez\r\nHost: shop\r\n\r\n",
        "GET /cart/livez HTTP/2.7\r\nHost: shop\r\n\r\n",
        "GET /cart/livez HTTP/2.0\r\nHost: shop\r\n\r\n",
        "POST /cart HTTP/1.0\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /cart HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /cart HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /cart HTTP/1.1\r\nHost: shop\r\nConnection: upgrade\r\nUpgrade: h2c\r\nContent-Length: 40\r\n\r\n"
        "GET /cart/livez HTTP/1.1\r\nHost: shop\r\n\r\n",
        "nonsense\r\n\r\n",
        "BREW /cart HTTP/1.1\r\nHost: shop\r\n\r\n",
        "get /cart HTTP/1.1\r\nHost: shop\r\n\r\n",
        "GET cart HTTP/1.1\r\nHost: shop\r\n\r\n",
        "CONNECT shop:80 HTTP/1.1\r\nHost: shop\r\n\r\n",
        "GET /cárt HTTP/1.1\r\nHost: shop\r\n\r\n",
        "GET /cart/livez HTTP/1.1\r\nHost: shop\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ],
)
async def test_a_request_that_http_does_not_allow_is_400_with_a_problem(serving: Serving, head: str) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(head)

        answer = await line.answer()

        assert (400, "invalid_request") == (answer.status, answer.problem())
        assert b"" == await line.ended()


@pytest.mark.parametrize("host", ["", "shop", "shop:8000", "[::1]:80", "a_b.example"])
async def test_each_legal_host_is_taken(serving: Serving, host: str) -> None:
    async with serving() as shop:
        assert 200 == (await shop.ask(f"{LIVE}Host: {host}\r\n\r\n")).status


async def test_a_request_for_another_protocol_is_answered_as_it_is(serving: Serving) -> None:
    async with serving() as shop, shop.line() as line:
        for upgrade in "Connection: Upgrade\r\nUpgrade: h2c\r\n", "Connection: upgrade\r\nUpgrade: websocket\r\n", "":
            await line.send(f"{LIVE}Host: shop\r\n{upgrade}\r\n")

            assert 200 == (await line.answer()).status


async def test_http_1_0_needs_no_host(serving: Serving) -> None:
    async with serving() as shop:
        assert 200 == (await shop.ask("GET /cart/livez HTTP/1.0\r\n\r\n")).status


async def test_a_refusal_comes_after_the_answers_to_the_requests_before_it(serving: Serving) -> None:
    good = f"{LIVE}Host: shop\r\n\r\n"
    async with serving() as shop, shop.line() as line:
        await line.send(good + good + "nonsense\r\n\r\n" + good)

        assert [200, 200, 400] == [(await line.answer()).status for _ in range(3)]
        assert b"" == await line.ended()


async def test_pipelined_requests_are_answered_one_after_the_other_and_not_without_end(serving: Serving) -> None:
    good = f"{LIVE}Host: shop\r\n\r\n"
    async with serving(pipelined=20) as shop, shop.line() as line:
        await line.send(good * 15)
        few = [(await line.answer()).status for _ in range(15)]
        await line.send(good * 5000)
        many = [(await line.answer()).status for _ in range(22)]

        assert ([200] * 15, [*[200] * 21, 503]) == (few, many)
        assert b"" == await line.ended()


async def test_the_problem_names_the_path_and_the_request_id_that_came(serving: Serving) -> None:
    async with serving() as shop:
        answer = await shop.ask("GET /orders/x HTTP/1.1\r\nX-Request-Id: mine\r\n\r\n")

    assert "mine" == answer.headers["x-request-id"]
    assert "orders" == answer.headers["minishop-service"]
    assert b'"instance":"/orders/x"' in answer.body
    answer.problem()


async def test_the_date_of_an_answer_is_that_of_the_servers_clock(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, 1_760_000_000.0)
    async with serving() as shop:
        answer = await shop.ask("GET /cart/livez HTTP/1.1\r\nHost: shop\r\n\r\n")

    assert "Thu, 09 Oct 2025 08:53:20 GMT" == answer.headers["date"]

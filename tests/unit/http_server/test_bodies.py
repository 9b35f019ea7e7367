"""The limits of an unfinished body, and the requests after it."""

from __future__ import annotations

import asyncio
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from minishop_server.hosting.http_server.connections import KIB
from tests.support.http_server import Serving

MIB = KIB * KIB
LOGIN = "POST /auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n"
LIVE = "GET /cart/livez HTTP/1.1\r\nHost: shop\r\n\r\n"


def chunked(*pieces: str, trailers: str = "") -> Iterator[str]:
    yield f"{LOGIN}Transfer-Encoding: chunked\r\n\r\n"
    for piece in pieces:
        yield f"{len(piece):x}\r\n{piece}\r\n"
    yield f"0\r\n{trailers}\r\n"


def code_of_field(body: bytes) -> str:
    code: str = json.loads(body)["errors"][0]["code"]
    return code


@pytest.mark.parametrize("size", [100 * KIB, MIB])
@pytest.mark.parametrize("way", ["told", "chunked", "in one piece"])
async def test_a_large_body_is_read_whole(serving: Serving, size: int, way: str) -> None:
    body = json.dumps({"username": "x" * (size - len(json.dumps({"username": ""})))})
    pieces = [body[at : at + 10_000] for at in range(0, size, 10_000)]
    head = f"{LOGIN}Content-Length: {size}\r\n\r\n"
    sent = {"told": [head, *pieces], "chunked": list(chunked(*pieces)), "in one piece": [head + body]}[way]
    async with serving() as shop, shop.line() as line:
        await line.send(*sent)
        answer = await line.answer()
        await line.send(LIVE)

        assert (400, size) == (answer.status, len(body))
        assert code_of_field(answer.body) in ("maxLength", "missing")  # it was read and understood
        assert 200 == (await line.answer()).status


async def test_a_body_that_is_too_large_is_413_and_the_connection_goes_on(serving: Serving) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(f"{LOGIN}Content-Length: {3 * MIB}\r\n\r\n", *["x" * MIB] * 3)
        answer = await line.answer()
        await line.send(LIVE)

        assert (413, "body_too_large") == (answer.status, answer.problem())
        assert 200 == (await line.answer()).status


@pytest.mark.parametrize("last", [LOGIN.replace("1.1", "1.0"), f"{LOGIN}Connection: close\r\n"])
async def test_a_last_request_whose_body_is_too_large_is_413_too(serving: Serving, last: str) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(f"{last}Content-Length: {3 * MIB}\r\n\r\n", *["x" * MIB] * 3)
        answer = await line.answer()

        assert (413, "body_too_large", "close") == (answer.status, answer.problem(), answer.headers["connection"])
        assert b"" == await line.ended()


async def test_what_is_sent_for_ever_after_the_answer_is_not_read_for_ever(serving: Serving) -> None:
    async with serving(body_seconds=0.3) as shop, shop.line() as line:
        await line.send(f"{LOGIN}Content-Length: {MIB * MIB}\r\n\r\n")
        assert 413 == (await line.answer()).status
        sending = asyncio.create_task(line.send(*["x" * KIB] * 1000, pause=0.01))

        assert b"" == await asyncio.wait_for(line.ended(), 5)
        sending.cancel()


async def test_a_body_that_stops_is_408(serving: Serving) -> None:
    async with serving(body_seconds=0.2) as shop, shop.line() as line:
        await line.send(f"{LOGIN}Content-Length: 100\r\n\r\n", '{"username"')
        answer = await line.answer()

        assert (408, "request_timeout") == (answer.status, answer.problem())
        assert "close" == answer.headers["connection"]
        assert b"" == await line.ended()


async def test_a_body_that_comes_a_byte_at_a_time_for_ever_is_408(serving: Serving) -> None:
    async with serving(body_seconds=0.3) as shop, shop.line() as line:
        sending = asyncio.create_task(line.send(*chunked(*["x"] * 1000), pause=0.02))

        assert 408 == (await line.answer()).status
        sending.cancel()


async def test_a_slow_body_that_goes_on_is_read(serving: Serving) -> None:
    body = json.dumps({"username": "x" * 30_000})
    pieces = [body[at : at + 2000] for at in range(0, len(body), 2000)]
    async with serving(body_seconds=0.2, body_rate=10_000) as shop:
        answer = await shop.ask(f"{LOGIN}Content-Length: {len(body)}\r\n\r\n", *pieces, pause=0.06)

    assert 400 == answer.status


async def test_bodies_under_way_hold_so_much_together_and_the_oldest_gives_way(serving: Serving) -> None:
    async with serving(unfinished_bytes=MIB) as shop, shop.line() as first, shop.line() as second:
        for line in first, second:
            await line.send(f"{LOGIN}Content-Length: {MIB}\r\n\r\n", "x" * 700 * KIB)
        refused = await first.answer()
        await second.send("x" * 324 * KIB)

        assert (503, "unavailable") == (refused.status, refused.problem())
        assert "retry-after" in refused.headers
        assert 400 == (await second.answer()).status
        assert 0 == shop.connections.held_bytes


async def test_a_body_that_was_refused_is_kept_no_longer(serving: Serving) -> None:
    body = b"x" * 700 * KIB
    async with serving(unfinished_bytes=MIB) as shop, AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(shop.line()) for _ in range(12)]
        tracemalloc.start()
        try:
            for line in lines:
                await line.send(f"{LOGIN}Content-Length: {MIB}\r\n\r\n", body)
            refused = [(await line.answer()).status for line in lines[:10]]
            size, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert [503] * 10 == refused
        assert size < 5 * MIB


@pytest.mark.parametrize(
    "trailer",
    ["Authorization: Bearer x", "X-Forwarded-For: 192.0.2.1", "Host: other", "X-Request-Id: late"],
)
async def test_a_trailer_is_no_header(serving: Serving, trailer: str) -> None:
    async with serving() as shop:
        plain = await shop.ask("".join(chunked("{}")))
        for sent in ["".join(chunked("{}", trailers=f"{trailer}\r\n"))], chunked("{}", trailers=f"{trailer}\r\n"):
            answer = await shop.ask(*sent, pause=0.01)

            assert plain.status == answer.status
            assert "late" != answer.headers["x-request-id"]


async def test_a_token_in_a_trailer_signs_nobody_in(serving: Serving) -> None:
    async with serving() as shop:
        login = json.dumps({"username": "ada", "email": "ada@example.com", "password": "correct-horse-battery"})
        head = LOGIN.replace("/login", "/register")
        await shop.ask(f"{head}Content-Length: {len(login)}\r\n\r\n{login}")
        login = json.dumps({"username": "ada", "password": "correct-horse-battery"})
        signed_in = await shop.ask(f"{LOGIN}Content-Length: {len(login)}\r\n\r\n{login}")
        token = json.loads(signed_in.body)["access_token"]
        head = "GET /auth/me HTTP/1.1\r\nHost: shop\r\n"
        with_header = await shop.ask(f"{head}Authorization: Bearer {token}\r\n\r\n")
        in_trailer = await shop.ask(
            f"{head}Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\nAuthorization: Bearer {token}\r\n\r\n"
        )

    assert (200, 401) == (with_header.status, in_trailer.status)


@pytest.mark.parametrize("after", ["0\r\nX: ", "1;ext="], ids=["trailer", "extension"])
async def test_a_trailer_or_an_extension_of_a_chunk_without_an_end_is_431(serving: Serving, after: str) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(f"{LOGIN}Transfer-Encoding: chunked\r\n\r\n", after, *["x" * 10_000] * 100)

        answer = await line.answer()

        assert (431, "headers_too_large") == (answer.status, answer.problem())


async def test_a_malformed_chunk_is_400_with_a_problem(serving: Serving) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(f"{LOGIN}Transfer-Encoding: chunked\r\n\r\n", "nonsense\r\n", pause=0.05)

        answer = await line.answer()

        assert (400, "invalid_request") == (answer.status, answer.problem())
        assert b"" == await line.ended()


async def test_a_body_waits_for_its_go_ahead(serving: Serving) -> None:
    async with serving() as shop, shop.line() as line:
        await line.send(f"{LOGIN}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert b"HTTP/1.1 100 Continue\r\n\r\n" == await line.reader.readuntil(b"\r\n\r\n")
        await line.send("{}")

        assert 400 == (await line.answer()).status

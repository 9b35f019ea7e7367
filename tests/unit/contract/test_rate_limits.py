"""`x-rate-limit`: the number of calls of an address or a caller, and the headers about it."""

from __future__ import annotations

from typing import Any

import pytest

from minishop_server.contract import limits
from minishop_server.contract.limits import RateLimit
from minishop_server.kit.clock import monotonic
from minishop_server.kit.problems import RateLimited
from tests.support.application import Serve
from tests.support.clocks import Standing, stand_still

QUICK = {"limit": 2, "seconds": 60}
PATHS = {
    "/open": {"post": {"operationId": "act", "x-rate-limit": QUICK}},
    "/other": {"get": {"operationId": "look", "x-rate-limit": QUICK}},
    "/free": {"get": {"operationId": "probe"}},
}


BY_CALLER = {
    "/write": {
        "post": {
            "operationId": "write",
            "security": [{"token": []}],
            "x-roles": ["customer", "admin", "service"],
            "x-rate-limit": {"by": "caller", "limit": {"customer": 1, "admin": 2}, "seconds": 60},
        }
    }
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Standing:
    return stand_still(monkeypatch, 1000.0)


@pytest.fixture
def limit(clock: Standing) -> RateLimit:
    return RateLimit(limit=2, seconds=60)


async def fine(domain: Any) -> dict[str, str]:
    return {}


async def broken(domain: Any) -> dict[str, str]:
    raise AssertionError("it was called")


def told(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in headers}


async def test_a_success_tells_what_is_left_and_then_it_is_429(serve: Serve) -> None:
    async with serve(PATHS, act=fine, look=fine, probe=fine) as http:
        first, second, third = [await http.post("/open") for _ in range(3)]

    assert [200, 200, 429] == [answer.status_code for answer in (first, second, third)]
    assert ['"default";r=1;t=60', '"default";r=0;t=60', '"default";r=0;t=60'] == [
        answer.headers["RateLimit"] for answer in (first, second, third)
    ]
    assert {'"default";q=2;w=60'} == {answer.headers["RateLimit-Policy"] for answer in (first, second, third)}
    assert ("60", "rate_limited") == (third.headers["Retry-After"], third.json()["code"])
    assert "application/problem+json" == third.headers["Content-Type"]


async def test_each_operation_counts_for_itself_and_one_without_a_limit_does_not(serve: Serve) -> None:
    async with serve(PATHS, act=fine, look=fine, probe=fine) as http:
        for _ in range(3):
            last = await http.post("/open")
        others = [await http.get("/other"), *[await http.get("/free") for _ in range(5)]]

    assert 429 == last.status_code
    assert {200} == {answer.status_code for answer in others}
    assert "RateLimit" not in others[-1].headers


async def test_a_bad_request_counts_and_no_body_is_read_beyond_the_limit(serve: Serve) -> None:
    async def never_sent() -> Any:
        raise AssertionError("the body was read")
        yield b""

    body = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    paths = {"/open": {"post": {**PATHS["/open"]["post"], "requestBody": body}}}
    async with serve(paths, act=broken) as http:
        refused = [(await http.post("/open", json=[])).status_code for _ in range(2)]
        last = await http.post("/open", content=never_sent(), headers={"Content-Type": "application/json"})

    assert ([400, 400], 429) == (refused, last.status_code)


async def test_callers_are_counted_by_their_subject_with_the_limit_of_their_role(serve: Serve) -> None:
    tokens = ["customer-1", "customer-1", "customer-2", "admin-1", "admin-1", "admin-1", *["service"] * 3]
    async with serve(BY_CALLER, write=fine) as http:
        answers = [await http.post("/write", headers={"Authorization": f"Bearer {token}"}) for token in tokens]

    assert [200, 429, 200, 200, 200, 429, 200, 200, 200] == [answer.status_code for answer in answers]
    assert '"default";q=1;w=60' == answers[1].headers["RateLimit-Policy"]
    assert '"default";r=1;t=60' == answers[3].headers["RateLimit"]
    assert "RateLimit" not in answers[-1].headers


async def test_a_token_that_does_not_hold_counts_for_no_caller(serve: Serve) -> None:
    async with serve(BY_CALLER, write=fine) as http:
        refused = [await http.post("/write", headers={"Authorization": "Bearer stale"}) for _ in range(3)]

    assert {401} == {answer.status_code for answer in refused}


@pytest.mark.parametrize(
    "declared",
    [
        {"limit": {"admin": 5}, "seconds": 60},
        {"by": "caller", "limit": 5, "seconds": 60},
        {"limit": 0, "seconds": 60},
        {"limit": 5},
        {"limit": "5", "seconds": 60},
        {"limit": True, "seconds": 1},
    ],
)
async def test_a_limit_that_cannot_be_kept_stops_the_start(serve: Serve, declared: Any) -> None:
    async with serve({"/open": {"post": {"operationId": "act", "x-rate-limit": declared}}}, act=fine) as http:
        with pytest.raises(TypeError, match="operation act"):
            await http.post("/open")


def test_a_window_begins_with_the_first_request_and_ends_after_its_seconds(limit: RateLimit, clock: Standing) -> None:
    limit.count("203.0.113.9")
    clock.time += 59.5
    assert '"default";r=0;t=1' == told(limit.count("203.0.113.9"))["ratelimit"]
    with pytest.raises(RateLimited) as refusal:
        limit.count("203.0.113.9")
    assert "1" == refusal.value.headers["Retry-After"]

    clock.time += 0.5

    assert '"default";r=1;t=60' == told(limit.count("203.0.113.9"))["ratelimit"]


def test_a_window_is_never_told_longer_than_it_is(limit: RateLimit, clock: Standing) -> None:
    clock.time += 2**20 - 59 - monotonic()  # its end has a bit less for fractions than its beginning
    for number in range(100):
        clock.time += 0.57

        assert '"default";r=1;t=60' == told(limit.count(f"203.0.113.{number}"))["ratelimit"]


def test_another_address_has_a_window_of_its_own(limit: RateLimit) -> None:
    for _ in range(2):
        limit.count("203.0.113.9")

    assert '"default";r=1;t=60' == told(limit.count("203.0.113.10"))["ratelimit"]


def test_a_64_of_ipv6_is_one_address(limit: RateLimit) -> None:
    limit.count("2001:db8:0:1::1")
    limit.count("2001:db8:0:1:ffff::2")

    with pytest.raises(RateLimited):
        limit.count("2001:db8:0:1::3")
    limit.count("2001:db8:0:2::1")


@pytest.mark.parametrize("address", ["unknown", "fe80::1%eth0", "no:address"])
def test_what_is_no_address_is_counted_as_it_stands(limit: RateLimit, address: str) -> None:
    for _ in range(2):
        limit.count(address)

    with pytest.raises(RateLimited):
        limit.count(address)


def test_another_service_of_this_process_is_not_counted(limit: RateLimit) -> None:
    assert [[]] * 5 == [limit.count("internal") for _ in range(5)]


def test_the_oldest_window_gives_way_where_there_are_too_many(
    limit: RateLimit, clock: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_ADDRESSES", 3)
    for address in "abcd":
        clock.time += 1
        limit.count(address)

    left = {address: told(limit.count(address))["ratelimit"] for address in "dcba"}

    assert {"d": 0, "c": 0, "b": 0, "a": 1} == {address: int(text.split(";")[1][2:]) for address, text in left.items()}
    assert 3 == len(limit.windows)


def test_a_window_that_began_anew_is_no_longer_the_oldest(
    limit: RateLimit, clock: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_ADDRESSES", 2)
    limit.count("a")
    clock.time += 30
    limit.count("b")
    clock.time += 30
    limit.count("a")

    limit.count("c")

    assert {"a", "c"} == set(limit.windows)

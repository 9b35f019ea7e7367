"""Every public operation, and every one that a user writes by, is limited as its document says, and tells so in the
documented headers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
import pytest_asyncio

from minishop_server.contract.limits import RateLimit
from minishop_server.kit.settings import SERVICES
from minishop_server.services.settings import Settings
from tests.support.operations import OPERATIONS, Operation
from tests.support.problems import assert_problem, each
from tests.support.shop import PASSWORD, Shop, running_shop

pytestmark = pytest.mark.asyncio(loop_scope="module")

COUNTED = [operation for operation in OPERATIONS if "x-rate-limit" in operation.node]
LIMITED = [operation for operation in COUNTED if "by" not in operation.node["x-rate-limit"]]
WRITES = [operation for operation in COUNTED if "by" in operation.node["x-rate-limit"]]
FEW = 2
"""Calls of a caller in a shop where few are let through."""
PROXY = "127.0.0.1"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def limited(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    """A shop that counts, behind a proxy."""
    folder = tmp_path_factory.mktemp("shop")
    settings = Settings(data_dir=folder, trusted_proxies=PROXY, expose="all")  # type: ignore[arg-type]
    async with running_shop(settings, rate_limits=True) as shop:
        yield shop


def seen_from(shop: Shop, address: str) -> httpx.AsyncClient:
    """Plain HTTP, as the proxy forwards it for a client."""
    transport = httpx.ASGITransport(shop.gateway, client=(PROXY, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://shop", headers={"X-Forwarded-For": address})


def declared(operation: Operation, status: str) -> Mapping[str, Any]:
    """The headers of an answer as its document has them."""
    headers: Mapping[str, Any] = operation.node["responses"][status]["headers"]
    return headers


def assert_as_declared(operation: Operation, answer: httpx.Response) -> None:
    headers = declared(operation, str(answer.status_code))
    for name in ("RateLimit", "RateLimit-Policy"):
        assert re.search(headers[name]["schema"]["pattern"], answer.headers[name])
        assert len(answer.headers[name]) <= headers[name]["schema"]["maxLength"]


async def test_all_that_anybody_may_call_is_limited_apart_from_probes() -> None:
    probes = {f"{service}.{probe}" for service in SERVICES for probe in ("livez", "readyz")}
    public = {str(operation) for operation in OPERATIONS if not operation.roles}

    assert public - probes == {str(operation) for operation in LIMITED}


@each(LIMITED)
async def test_an_address_that_asks_too_often_is_429_and_told_when_to_come_back(
    limited: Shop, operation: Operation
) -> None:
    limit, seconds = operation.node["x-rate-limit"]["limit"], operation.node["x-rate-limit"]["seconds"]
    request = operation.request()
    async with seen_from(limited, "198.51.100.1") as http, seen_from(limited, "198.51.100.2") as another:
        before = {(await http.request(**request, params={"nobody": "1"})).status_code for _ in range(limit)}
        refused = await http.request(**request)
        other = await another.request(**request)

    assert {400} == before
    assert "rate_limited" == assert_problem(429, refused)["code"]
    assert 0 < int(refused.headers["Retry-After"]) <= seconds
    assert f'"default";q={limit};w={seconds}' == refused.headers["RateLimit-Policy"]
    assert_as_declared(operation, refused)
    assert 429 != other.status_code


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hasty(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    """A shop in which a caller may do everything but a few times."""

    class Few(RateLimit):
        def __init__(self, *, limit: Any, **others: Any) -> None:
            super().__init__(limit=limit if type(limit) is int else dict.fromkeys(limit, FEW), **others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("minishop_server.contract.operation.RateLimit", Few)
        async with running_shop(Settings(data_dir=tmp_path_factory.mktemp("shop")), rate_limits=True) as shop:
            await shop.customer()
            await shop.customer("bob")
            await shop.admin()
            await shop.admin("heidi")
            yield shop


async def test_all_that_a_user_writes_by_is_limited_and_no_read_is() -> None:
    users = {str(operation) for operation in OPERATIONS if set(operation.roles) & {"customer", "admin"}}
    reads = {str(operation) for operation in OPERATIONS if operation.method.lower() == "get"}

    assert users - reads == {str(operation) for operation in WRITES}


@each(WRITES)
async def test_a_caller_that_writes_too_often_is_429_and_another_one_is_not(hasty: Shop, operation: Operation) -> None:
    names = ("ada", "bob") if "customer" in operation.roles else ("grace", "heidi")
    tokens = [(await hasty.domain("auth").login(name, PASSWORD)).access_token for name in names for _ in range(2)]
    bad = {"params": {"nobody": "1"}}
    async with httpx.AsyncClient(transport=hasty.transport, base_url="http://shop") as http:
        before = {(await http.request(**operation.request(tokens[0]), **bad)).status_code for _ in range(FEW)}
        refused = await http.request(**operation.request(tokens[1]))  # another session of the same user
        other = await http.request(**operation.request(tokens[2]), **bad)

    assert {400} == before
    assert "rate_limited" == assert_problem(429, refused)["code"]
    assert f'"default";q={FEW};w=60' == refused.headers["RateLimit-Policy"]
    assert_as_declared(operation, refused)
    assert 400 == other.status_code


async def test_services_and_reads_are_not_counted_by_caller(hasty: Shop) -> None:
    orders, ada = hasty.orders(), hasty.client.login("ada", PASSWORD)

    for number in range(5 * FEW):
        await orders.notifications.send_notification(
            recipient="ada@example.com", subject="Hi", body="Hi", idempotency_key=f"hi-{number}"
        )
        await ada.cart.get_cart()


async def test_a_success_tells_what_is_left(limited: Shop) -> None:
    await limited.customer()
    jwks = next(operation for operation in LIMITED if str(operation) == "auth.get_jwks")
    login = next(operation for operation in LIMITED if str(operation) == "auth.login")
    async with seen_from(limited, "198.51.100.3") as http:
        keys = await http.get("/auth/.well-known/jwks.json")
        token = await http.post("/auth/login", json={"username": "ada", "password": PASSWORD})

    for operation, answer in (jwks, keys), (login, token):
        assert 200 == answer.status_code
        assert_as_declared(operation, answer)
    assert '"default";r=59;t=60' == token.headers["RateLimit"]


async def test_services_of_this_process_are_not_counted_whatever_they_say(limited: Shop) -> None:
    inside = limited.gateway.services["orders"].transport
    async with httpx.AsyncClient(transport=inside, base_url="http://shop") as http:
        headers = {"X-Forwarded-For": "198.51.100.4"}
        asked = [await http.post("/auth/login", headers=headers, params={"nobody": "1"}) for _ in range(70)]

    assert {400} == {answer.status_code for answer in asked}


async def test_probes_are_never_refused(limited: Shop) -> None:
    async with seen_from(limited, "198.51.100.5") as http:
        asked = {(await http.get("/auth/livez")).status_code for _ in range(700)}

    assert {200} == asked


async def test_where_it_is_off_nothing_is_counted_or_told(sqlite_shop: Shop) -> None:
    async with seen_from(sqlite_shop, "198.51.100.6") as http:
        asked = [await http.post("/auth/register", params={"nobody": "1"}) for _ in range(30)]
        keys = await http.get("/auth/.well-known/jwks.json")

    assert {400} == {answer.status_code for answer in asked}
    assert {"ratelimit", "ratelimit-policy"}.isdisjoint(keys.headers)

"""A peer whose address is wrong is noticed, and said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from minishop_client.in_process import InProcess
from minishop_server.hosting.service import Service
from minishop_server.kit.peers import Peers, ask
from minishop_server.kit.problems import Unavailable
from minishop_server.kit.settings import SERVICES
from minishop_server.services.settings import Settings
from tests.support.auth_servers import answering_as
from tests.support.issuer import Auth
from tests.support.log import Log
from tests.support.shop import Shop


class Switch(httpx.AsyncBaseTransport):
    """Leads to one server after another."""

    def __init__(self, to: httpx.AsyncBaseTransport) -> None:
        self.to = to

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self.to.handle_async_request(request)


async def until(http: httpx.AsyncClient, holds: Callable[[httpx.Response], bool]) -> httpx.Response:
    """The first answer of `readyz` of which it holds."""
    while True:
        answer = await http.get("/catalog/readyz")
        if holds(answer):
            return answer
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("stranger", "told"),
    [("cart", "the cart service answers there"), ("minister", "no service"), (None, "no service")],
)
async def test_another_server_at_the_address_of_auth_is_503_and_named_until_it_is_mended(
    stranger: str | None, told: str, tmp_path: Path, issuer: Auth, log: Log
) -> None:
    settings = Settings.model_validate({"data_dir": tmp_path, "auth": {"url": "http://127.0.0.1:9/shop/"}})
    wire = Switch(answering_as(stranger))
    service = Service("catalog", settings, wire)
    transport = httpx.ASGITransport(service)
    async with service.starting(), httpx.AsyncClient(transport=transport, base_url="http://shop") as http:
        headers = {"Authorization": f"Bearer {issuer.token(aud=['catalog'])}"}
        ready = await until(http, lambda answer: "leads to another" in answer.text)
        call = await http.get("/catalog/products", headers=headers)

        assert [503, 503, 200] == [ready.status_code, call.status_code, (await http.get("/catalog/livez")).status_code]
        for answer in ready, call:
            assert "MINISHOP_AUTH_URL leads to another server" in answer.json()["detail"]
            assert told in answer.json()["detail"]

        wire.to = answering_as("auth")
        await until(http, lambda answer: answer.status_code == 200)
        wire.to = answering_as("cart")

        assert 200 == (await http.get("/catalog/readyz")).status_code  # it has the keys, and can do without Auth
    assert "peer_is_a_stranger" in {line["event"] for line in log.lines()}


async def test_each_service_of_a_shop_says_who_it_is(sqlite_shop: Shop) -> None:
    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        for name in SERVICES:
            for path in "livez", "readyz", "nothing":
                assert name == (await http.get(f"/{name}/{path}")).headers["Minishop-Service"]


async def test_a_proxy_that_does_not_reach_a_peer_is_no_stranger(tmp_path: Path, issuer: Auth) -> None:
    gone = httpx.MockTransport(lambda request: httpx.Response(502, text="Bad gateway"))
    service = Service("catalog", Settings(data_dir=tmp_path), gone)
    async with service.running():
        transport = httpx.ASGITransport(service.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as http:
            answer = await http.get("/catalog/readyz")

    assert 503 == answer.status_code
    assert "leads to another" not in answer.text


async def no_answer(scope: Any, receive: Any, send: Any) -> None:
    """An application that is not to be called."""
    raise AssertionError


@pytest.mark.parametrize("transport", [httpx.MockTransport(lambda request: httpx.Response(200)), InProcess(no_answer)])
async def test_a_call_of_a_service_that_has_closed_its_connections_is_unavailable(
    transport: httpx.AsyncBaseTransport,
) -> None:
    peers = Peers("orders", Settings(), transport)
    await peers.close()

    with pytest.raises(Unavailable):
        await ask(peers.anonymous.auth.get_jwks())

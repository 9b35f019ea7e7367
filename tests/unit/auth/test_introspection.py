"""Auth's answers to services about a token."""

from __future__ import annotations

import httpx

from minishop_server.kit.settings import SERVICES
from tests.support.auth import bearer, login
from tests.support.shop import Shop


async def test_introspection_answers_services_and_of_a_dead_token_nothing_else(
    sqlite_shop: Shop, http: httpx.AsyncClient
) -> None:
    granted, shop = await login(http), sqlite_shop.orders()

    alive = await shop.auth.with_headers.introspect(token=granted["access_token"])
    await http.post("/auth/logout", headers=bearer(granted))
    dead = await shop.auth.with_headers.introspect(token=granted["access_token"])

    told = alive.http.json()
    says = {"sub", "username", "role", "exp", "iat", "iss", "aud", "client_id", "jti", "sid"}
    assert {"active", "token_type", *says} == told.keys()
    assert (True, "ada", list(SERVICES)) == (told["active"], told["username"], told["aud"])
    assert {"active": False} == dead.http.json()
    assert "no-store" == alive.headers["Cache-Control"] == dead.headers["Cache-Control"]


async def test_introspection_wants_a_token_and_nothing_else(sqlite_shop: Shop, http: httpx.AsyncClient) -> None:
    await sqlite_shop.orders().auth.introspect(token="any")
    headers = {"Authorization": sqlite_shop.wire.requests[-1].headers["Authorization"]}

    answer = await http.post("/auth/introspect", headers=headers, data={"hint": "access_token"})

    assert 400 == answer.status_code
    assert [("/hint", "unknown"), ("/token", "missing")] == sorted(
        (error["pointer"], error["code"]) for error in answer.json()["errors"]
    )


async def test_introspection_tells_of_a_services_token_too(sqlite_shop: Shop) -> None:
    shop = sqlite_shop.orders()
    await shop.auth.introspect(token="any")
    token = sqlite_shop.wire.requests[-1].headers["Authorization"].removeprefix("Bearer ")

    told = await shop.auth.introspect(token=token)

    assert (True, "service_orders", "service") == (told.active, told.sub, told.role)
    assert "sid" not in told.to_dict()

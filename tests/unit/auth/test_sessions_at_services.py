"""Sessions in the whole shop: over HTTP, and at the other services."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from minishop_client import NotFound, Unauthorized
from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.kit.issuer import RemoteIssuer
from minishop_server.services.auth.issuer import OwnIssuer
from minishop_server.services.settings import Settings
from tests.support.auth import bearer, login
from tests.support.clocks import stand_still
from tests.support.postgres import NewDatabase
from tests.support.shop import PASSWORD, Shop, running_shop

READS = {
    "auth": "/auth/me",
    "catalog": "/catalog/products",
    "cart": "/cart",
    "orders": "/orders",
    "shipping": "/shipping/ORD-101",
    "payments": "/payments/PAY-555",
    "notifications": "/notifications",
}
"""An operation at each service that takes a customer's token, or an admin's."""


async def statuses(http: httpx.AsyncClient, granted: dict[str, Any]) -> dict[str, int]:
    """The answer of each service to a token."""
    return {name: (await http.get(path, headers=bearer(granted))).status_code for name, path in READS.items()}


async def status_after_200(http: httpx.AsyncClient, path: str, granted: dict[str, Any]) -> int:
    """Ask again and again, until another status comes."""
    while True:
        status = (await http.get(path, headers=bearer(granted))).status_code
        if status != 200:
            return status
        await asyncio.sleep(0.01)


async def test_tokens_are_answered_with_all_that_is_documented_and_not_to_be_stored(http: httpx.AsyncClient) -> None:
    granted = await login(http)

    answer = await http.post("/auth/refresh", json={"refresh_token": granted["refresh_token"]})

    assert (200, "no-store") == (answer.status_code, answer.headers["Cache-Control"])
    assert granted.keys() == answer.json().keys()
    assert {"access_token", "token_type", "expires_in", "refresh_token", "refresh_expires_in"} == granted.keys()


async def test_a_refused_refresh_is_a_401_that_repeats_nothing(http: httpx.AsyncClient) -> None:
    granted = await login(http)
    await http.post("/auth/refresh", json={"refresh_token": granted["refresh_token"]})

    answer = await http.post("/auth/refresh", json={"refresh_token": granted["refresh_token"]})

    assert (401, "refresh_refused") == (answer.status_code, answer.json()["code"])
    assert granted["refresh_token"] not in answer.text


async def test_after_a_logout_no_service_takes_the_token(sqlite_shop: Shop, http: httpx.AsyncClient) -> None:
    granted = await login(http, "grace")
    assert 401 not in (await statuses(http, granted)).values()

    answer = await http.post("/auth/logout", headers=bearer(granted))

    assert 204 == answer.status_code
    assert dict.fromkeys(READS, 401) == await statuses(http, granted)


async def test_a_session_that_was_stolen_ends_at_all_services_at_once(http: httpx.AsyncClient) -> None:
    granted = await login(http, "grace")
    await http.post("/auth/refresh", json={"refresh_token": granted["refresh_token"]})

    await http.post("/auth/refresh", json={"refresh_token": granted["refresh_token"]})

    assert dict.fromkeys(READS, 401) == await statuses(http, granted)


@pytest.mark.parametrize("request_of_it", [("POST", "/orders/checkout"), ("GET", "/cart")])
async def test_a_peer_that_learned_first_makes_it_a_401_and_not_a_503(
    sqlite_shop: Shop, http: httpx.AsyncClient, request_of_it: tuple[str, str]
) -> None:
    shop = sqlite_shop
    granted, product = await login(http), await shop.product()
    me = (await http.get("/auth/me", headers=bearer(granted))).json()
    await http.post("/cart/items", json={"product_id": product, "quantity": 1}, headers=bearer(granted))
    told_first = [shop.gateway.services[name].revocations for name in ("auth", "catalog")]
    # As if the services were processes of their own.
    shop.domain("auth").sessions.on_ended = lambda ended: [each.add(ended) for each in told_first]
    await http.post("/auth/logout", headers=bearer(granted))

    method, path = request_of_it
    body = {"user_id": me["id"], "payment_method": "credit_card"} if method == "POST" else None
    answer = await http.request(method, path, json=body, headers=bearer(granted))

    assert (401, "unauthorized") == (answer.status_code, answer.json()["code"])
    assert 'Bearer error="invalid_token"' == answer.headers["WWW-Authenticate"]
    assert "Retry-After" not in answer.headers


async def test_services_look_at_the_feed_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteIssuer, "poll_seconds", 0.01)
    async with running_shop(Settings(data_dir=tmp_path)) as shop:
        ada = await shop.customer()
        await ada.shop.cart.get_cart()
        async with httpx.AsyncClient(transport=shop.transport, base_url="http://shop") as http:
            granted = await login(http)
            assert 200 == (await http.get("/cart", headers=bearer(granted))).status_code
            shop.domain("auth").sessions.on_ended = lambda ended: None  # as if Auth were another process
            await ada.shop.auth.revoke_sessions()

            assert 401 == await status_after_200(http, "/cart", granted)


async def test_a_disabled_users_token_is_refused_everywhere(sqlite_shop: Shop, http: httpx.AsyncClient) -> None:
    heidi = await sqlite_shop.admin("heidi")
    granted = await login(http, "grace")
    me = (await http.get("/auth/me", headers=bearer(granted))).json()
    assert 401 not in (await statuses(http, granted)).values()

    await heidi.shop.auth.update_user(me["id"], disabled=True, if_match='"1"')

    assert dict.fromkeys(READS, 401) == await statuses(http, granted)
    assert 401 == (await http.post("/auth/login", json={"username": "grace", "password": PASSWORD})).status_code


async def test_without_the_feed_for_a_minute_users_are_answered_503_and_services_go_on(
    sqlite_shop: Shop, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, granted = sqlite_shop, await login(http)
    service = shop.gateway.services["orders"].peers.as_itself()
    await service.catalog.list_products()
    assert 200 == (await http.get("/cart", headers=bearer(granted))).status_code
    shop.wire.cut("/auth/revocations")

    until = shop.gateway.services["cart"].revocations.trusted_until
    assert until <= time.time() + 60
    clock = stand_still(monkeypatch, until - 1)
    assert 200 == (await http.get("/cart", headers=bearer(granted))).status_code
    clock.time = until + 1
    answer = await http.get("/cart", headers=bearer(granted))
    assert (503, "unavailable") == (answer.status_code, answer.json()["code"])
    assert 200 == (await http.get("/auth/me", headers=bearer(granted))).status_code  # which asks its own database
    assert await service.catalog.list_products() == []
    assert 401 == (await http.get("/cart", headers={"Authorization": "Bearer x"})).status_code

    shop.wire.mend()
    assert 200 == (await http.get("/cart", headers=bearer(granted))).status_code


async def test_a_service_that_starts_reads_the_whole_feed_first(
    sqlite_shop: Shop, http: httpx.AsyncClient, tmp_path: Path
) -> None:
    shop = sqlite_shop
    granted = [await login(http) for _ in range(103)]  # more than a page
    keeper = granted.pop()
    await http.post("/auth/logout", headers=bearer(granted.pop(0)))
    for each in granted[:3]:
        await http.post("/auth/logout", headers=bearer(each))
    async with shop.domain("auth").database.transaction() as connection:
        await connection.execute(
            "INSERT INTO revocations (id, session_id, until)"
            " SELECT 4 + id, session_id, '2999-01-01T00:00:00Z' FROM sessions"
            " WHERE revoked = 0 AND id < (SELECT MAX(id) FROM sessions)"
        )
    cart = Service("cart", shop.gateway.services["cart"].settings, shop.gateway.services["cart"].transport)
    async with cart.running(), httpx.AsyncClient(transport=httpx.ASGITransport(cart), base_url="http://cart") as other:
        assert 200 == (await other.get("/cart", headers=bearer(keeper))).status_code
        for each in granted:
            assert 401 == (await other.get("/cart", headers=bearer(each))).status_code


async def test_another_replica_of_auth_knows_from_the_database(
    new_database: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OwnIssuer, "poll_seconds", 0.01)
    settings = with_secrets(
        Settings.model_validate({"data_dir": tmp_path, "auth": {"database_url": new_database("auth")}})
    )
    one, two = Service("auth", settings), Service("auth", settings)
    async with (
        one.running(),
        two.running(),
        httpx.AsyncClient(transport=httpx.ASGITransport(one), base_url="http://auth") as at_one,
        httpx.AsyncClient(transport=httpx.ASGITransport(two), base_url="http://auth") as at_two,
    ):
        await one.domain.register("ada", "ada@example.com", PASSWORD)
        granted = await login(at_one)
        assert 200 == (await at_two.get("/auth/me", headers=bearer(granted))).status_code
        await at_one.post("/auth/logout", headers=bearer(granted))

        assert 401 == await status_after_200(at_two, "/auth/me", granted)


async def test_sessions_are_listed_in_pages_and_the_present_one_is_marked(sqlite_shop: Shop) -> None:
    ada = await sqlite_shop.customer()
    for _ in range(2):
        await sqlite_shop.client.auth.login(username="ada", password=PASSWORD)
    bob = await sqlite_shop.customer("bob")
    await bob.shop.auth.get_me()

    found = [session async for session in ada.shop.auth.iter_sessions(limit=2)]

    assert [False, False, True] == [session.current for session in found]
    assert 3 == len({session.session_id for session in found})


async def test_one_of_ones_own_sessions_can_be_ended_and_anothers_looks_missing(sqlite_shop: Shop) -> None:
    ada, bob = await sqlite_shop.customer("ada"), await sqlite_shop.customer("bob")
    await sqlite_shop.client.auth.login(username="ada", password=PASSWORD)
    (other, present) = await ada.shop.auth.list_sessions()

    refusals = []
    for session_id in (other.session_id, "SES-" + "0" * 32):
        with pytest.raises(NotFound) as refusal:
            await bob.shop.auth.revoke_session(session_id)
        refusals.append((refusal.value.code, refusal.value.detail))
    await ada.shop.auth.revoke_session(other.session_id)

    assert refusals[0] == refusals[1]
    assert [present.session_id] == [session.session_id for session in await ada.shop.auth.list_sessions()]


async def test_the_feed_is_public_and_paged(sqlite_shop: Shop) -> None:
    ada = await sqlite_shop.customer()
    for _ in range(3):
        await sqlite_shop.client.auth.login(username="ada", password=PASSWORD)
    sessions = {session.session_id async for session in ada.shop.auth.iter_sessions()}

    await ada.shop.auth.revoke_sessions()

    found = [each async for each in sqlite_shop.client.auth.iter_revocations(limit=3)]
    assert sessions == {each.session_id for each in found}
    last = await sqlite_shop.client.auth.list_revocations(cursor=found[2].cursor)
    assert [found[3]] == last == await sqlite_shop.client.auth.list_revocations(cursor="c_3")


async def test_the_client_goes_on_after_its_session_was_ended_elsewhere(sqlite_shop: Shop) -> None:
    ada = await sqlite_shop.customer()
    other = sqlite_shop.client.login("ada", PASSWORD)
    await ada.shop.cart.get_cart()

    await other.auth.revoke_sessions()

    assert 0 == (await ada.shop.cart.get_cart()).total_items


async def test_a_client_resumes_and_logs_out_for_good(sqlite_shop: Shop) -> None:
    ada = await sqlite_shop.customer()
    await ada.shop.auth.get_me()
    resumed = sqlite_shop.client.with_refresh_token(str(ada.shop.refresh_token))
    assert ada.id == (await resumed.auth.get_me()).id
    stored = str(resumed.refresh_token)

    await resumed.logout()

    for shop in resumed, sqlite_shop.client.with_refresh_token(stored):
        with pytest.raises(Unauthorized):
            await shop.auth.get_me()

"""Tokens for users and for services."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import jwt
import pytest

from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.kit.settings import SERVICES
from minishop_server.services.auth.domain import Auth
from minishop_server.services.settings import Settings
from tests.support.shop import PASSWORD

SECRET = "a-secret-of-at-least-32-letters-x"
FORM = {"grant_type": "client_credentials"}
TOKENS = {"access_token", "token_type", "expires_in", "refresh_token", "refresh_expires_in"}


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """Auth on SQLite, which knows the service `orders`."""
    settings = Settings.model_validate({"data_dir": tmp_path, "orders": {"client_secret": SECRET}, "token_seconds": 60})
    service = Service("auth", with_secrets(settings))
    async with service.running():
        yield service


@pytest.fixture
async def http(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service), base_url="http://auth") as client:
        yield client


async def test_a_users_token_holds_the_documented_claims_and_no_others(service: Service) -> None:
    auth: Auth = service.domain
    user = await auth.register("ada", "ada@example.com", PASSWORD)

    granted = await auth.login("ada", PASSWORD)

    (key,) = await auth.public_keys()
    header = jwt.get_unverified_header(granted.access_token)
    claims = jwt.decode(granted.access_token, options={"verify_signature": False})
    assert {"alg": "ES256", "typ": "at+jwt", "kid": key["kid"]} == header
    assert {"sub", "username", "role", "exp", "iss", "aud", "client_id", "iat", "jti", "sid"} == set(claims)
    assert (f"user_{user['id']}", "ada", "customer", "minishop-auth", "minishop") == (
        claims["sub"],
        claims["username"],
        claims["role"],
        claims["iss"],
        claims["client_id"],
    )
    assert list(SERVICES) == claims["aud"]
    assert 60 == granted.expires_in == claims["exp"] - claims["iat"]
    assert abs(claims["iat"] - time.time()) < 60


async def test_every_token_has_an_id_of_its_own(service: Service) -> None:
    tokens = [(await service.domain.tokens.for_service("client_credentials", "orders", SECRET))[0] for _ in range(3)]

    assert 3 == len({jwt.decode(token, options={"verify_signature": False})["jti"] for token in tokens})


async def test_the_published_key_is_the_public_half_only_and_verifies(
    service: Service, http: httpx.AsyncClient
) -> None:
    token, *_ = await service.domain.tokens.for_service("client_credentials", "orders", SECRET)

    (key,) = (await http.get("/auth/.well-known/jwks.json")).json()["keys"]

    assert {"kty", "kid", "use", "alg", "crv", "x", "y"} == set(key)
    claims = jwt.decode(token, jwt.PyJWK(key), algorithms=["ES256"], audience="payments")
    assert ("service_orders", "orders", "service") == (claims["sub"], claims["username"], claims["role"])


async def test_the_key_survives_a_restart(tmp_path: Path) -> None:
    keys = []
    for _ in range(2):
        service = Service("auth", with_secrets(Settings(data_dir=tmp_path)))
        async with service.running():
            keys.append(await service.domain.public_keys())

    assert keys[0] == keys[1]


@pytest.mark.parametrize("way", ["basic", "form"])
async def test_a_service_gets_its_token_by_basic_or_by_form(http: httpx.AsyncClient, way: str) -> None:
    if way == "basic":
        answer = await http.post("/auth/token", data=FORM, auth=("orders", SECRET))
    else:
        answer = await http.post("/auth/token", data={**FORM, "client_id": "orders", "client_secret": SECRET})

    assert (200, "Bearer", 300) == (answer.status_code, answer.json()["token_type"], answer.json()["expires_in"])
    assert "no-store" == answer.headers["Cache-Control"]


async def test_credentials_in_both_places_are_an_invalid_request(http: httpx.AsyncClient) -> None:
    form = {**FORM, "client_id": "orders", "client_secret": SECRET}

    answer = await http.post("/auth/token", data=form, auth=("orders", SECRET))

    assert (400, "invalid_request") == (answer.status_code, answer.json()["error"])


@pytest.mark.parametrize(
    ("client", "secret"), [("orders", "wrong"), ("orders", SECRET + "x"), ("nobody", SECRET), ("payments", "")]
)
async def test_wrong_credentials_are_an_invalid_client(http: httpx.AsyncClient, client: str, secret: str) -> None:
    answers = [await http.post("/auth/token", data=FORM, auth=(client, secret))]
    if secret:
        answers.append(await http.post("/auth/token", data={**FORM, "client_id": client, "client_secret": secret}))

    for answer in answers:
        assert (401, "invalid_client") == (answer.status_code, answer.json()["error"])
        assert answer.headers["WWW-Authenticate"].startswith("Basic")
        assert SECRET not in answer.text


@pytest.mark.parametrize("credentials", ["", "orders", "b3JkZXJz", "Og==x"])
async def test_malformed_basic_credentials_are_refused(http: httpx.AsyncClient, credentials: str) -> None:
    answer = await http.post("/auth/token", data=FORM, headers={"Authorization": f"Basic {credentials}"})

    assert (401, "unauthorized") == (answer.status_code, answer.json()["code"])
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


async def test_no_credentials_at_all_are_an_invalid_client(http: httpx.AsyncClient) -> None:
    answer = await http.post("/auth/token", data=FORM)

    assert (401, "invalid_client") == (answer.status_code, answer.json()["error"])


async def test_another_grant_is_unsupported(http: httpx.AsyncClient) -> None:
    answer = await http.post("/auth/token", data={"grant_type": "password"}, auth=("orders", SECRET))

    assert (400, "unsupported_grant_type") == (answer.status_code, answer.json()["error"])


async def test_an_answer_of_the_login_is_not_to_be_stored(service: Service, http: httpx.AsyncClient) -> None:
    await service.domain.register("ada", "ada@example.com", PASSWORD)

    answer = await http.post("/auth/login", json={"username": "ada", "password": PASSWORD})

    assert ("no-store", TOKENS) == (
        answer.headers["Cache-Control"],
        set(answer.json()),
    )

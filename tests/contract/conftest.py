"""A shop for all tests of a module, and tokens of every kind to knock at it with."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import jwt
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import ec

from minishop_server.kit.auth import ALGORITHM, TOKEN_TYPE
from minishop_server.kit.settings import AUDIENCE, ISSUER, Settings

from ..conftest import running_shop
from ..shop import PASSWORD, Shop


@dataclass(frozen=True)
class OpenShop:
    """The shop, a plain HTTP client of it, and a token for each role."""

    shop: Shop
    http: httpx.AsyncClient
    tokens: dict[str, str]

    async def forged(self, *, key: Any = None, typ: str = TOKEN_TYPE, without: str = "", **claims: Any) -> str:
        """An admin's token signed with Auth's own key, unless another is given; some claims changed or left out."""
        rows = await self.shop.domain("auth").database.fetch("SELECT kid, private_key FROM signing_keys")
        now = int(time.time())
        right = {"sub": "user_2", "username": "grace", "role": "admin", "iss": ISSUER, "aud": AUDIENCE, "jti": "1"}
        payload = {**right, "iat": now, "exp": now + 60, **claims}
        payload.pop(without, None)
        headers = {"typ": typ, "kid": rows[0]["kid"]}
        return jwt.encode(payload, key or rows[0]["private_key"], ALGORITHM, headers)

    async def bad_token(self, kind: str) -> str:
        """A token that no service may take."""
        match kind:
            case "garbled":
                head, _, signature = self.tokens["admin"].split(".")
                return f"{head}.e30.{signature}"
            case "no JWT":
                return "correct-horse-battery"
            case "expired":
                return await self.forged(exp=int(time.time()) - 60)
            case "another's signature":
                return await self.forged(key=ec.generate_private_key(ec.SECP256R1()))
            case "unsigned":
                return jwt.encode({"sub": "user_2", "role": "admin"}, "", "none", {"typ": TOKEN_TYPE})
            case "another issuer":
                return await self.forged(iss="somebody")
            case "another audience":
                return await self.forged(aud="another-shop")
            case "another type":
                return await self.forged(typ="JWT")
            case _:
                return await self.forged(without=kind.removeprefix("without "))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OpenShop]:
    """A shop with the customers ada and bob, the admin grace and one product."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("shop"))
    async with (
        running_shop(settings) as shop,
        httpx.AsyncClient(transport=shop.transport, base_url="http://shop") as http,
    ):
        await shop.customer("ada")
        await shop.admin("grace")
        await shop.customer("bob")
        await shop.product()
        secret = secrets.token_urlsafe(32)
        await shop.domain("auth").ensure_client("auditor", secret)
        tokens = {name: await _login(http, name) for name in ("ada", "bob", "grace")}
        granted = await http.post("/auth/token", auth=("auditor", secret), data={"grant_type": "client_credentials"})
        service = granted.json()["access_token"]
        yield OpenShop(shop, http, {**tokens, "customer": tokens["bob"], "admin": tokens["grace"], "service": service})


async def _login(http: httpx.AsyncClient, name: str) -> str:
    answer = await http.post("/auth/login", json={"username": name, "password": PASSWORD})
    token: str = answer.json()["access_token"]
    return token

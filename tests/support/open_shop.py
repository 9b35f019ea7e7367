"""A shop with a plain HTTP client, and tokens of every kind to knock at it with."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from minishop_server.kit.settings import SERVICES
from minishop_server.kit.tokens import ALGORITHM, ISSUER, SERVICE_TOKEN_SECONDS, TOKEN_TYPE
from tests.support.shop import PASSWORD, Shop


@dataclass(frozen=True)
class OpenShop:
    """The shop, a plain HTTP client of it, and a token for each role."""

    shop: Shop
    http: httpx.AsyncClient
    tokens: dict[str, str]

    async def forged(self, *, key: Any = None, typ: str = TOKEN_TYPE, without: str = "", **claims: Any) -> str:
        """An admin's token with some claims changed or left out, signed with Auth's own key unless another is given."""
        keys = self.shop.domain("auth").keys
        (active,) = await keys.all()
        now = int(time.time())
        who = {"sub": "user_2", "username": "grace", "role": "admin"}
        right = {**who, "iss": ISSUER, "aud": SERVICES, "client_id": "minishop", "jti": "1", "sid": "SES-1"}
        payload = {**right, "iat": now, "exp": now + 60, **claims}
        payload.pop(without, None)
        return jwt.encode(payload, key or keys.private_key(active), ALGORITHM, {"typ": typ, "kid": active.kid})

    async def service(self, *operations: str) -> str:
        """The token of a service that may call these."""
        who = {"sub": "service_orders", "username": "orders", "role": "service", "scope": " ".join(operations)}
        return await self.forged(**who, exp=int(time.time()) + SERVICE_TOKEN_SECONDS)

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


async def login(http: httpx.AsyncClient, name: str) -> str:
    answer = await http.post("/auth/login", json={"username": name, "password": PASSWORD})
    token: str = answer.json()["access_token"]
    return token

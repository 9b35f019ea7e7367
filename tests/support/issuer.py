"""The keys and revocations of an Auth, and tokens signed with them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from minishop_server.kit.problems import Unavailable
from minishop_server.kit.revocations import PAGE, Revocation


class Auth:
    """The keys that Auth publishes, and how often it was asked."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.asked = 0
        self.away = False
        self.published = ["k1"]
        self.ended: list[Revocation] = []
        self.read_after: list[str | None] = []

    async def keys(self) -> Sequence[Mapping[str, Any]]:
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise Unavailable
        jwk = json.loads(ECAlgorithm.to_jwk(self.private.public_key()))
        return [{**jwk, "kid": kid, "alg": "ES256", "use": "sig"} for kid in self.published]

    async def revocations(self, cursor: str | None) -> Sequence[Revocation]:
        self.read_after.append(cursor)
        await asyncio.sleep(0)
        if self.away:
            raise Unavailable
        start = 0 if cursor is None else int(cursor)
        return self.ended[start : start + PAGE]

    def end(self, session: str, seconds: float = 900) -> None:
        """Publish that a session has ended."""
        self.ended.append(Revocation(str(len(self.ended) + 1), session, time.time() + seconds))

    def token(
        self,
        *,
        key: Any = None,
        alg: str = "ES256",
        typ: str = "at+jwt",
        kid: str = "k1",
        headers: Any = None,
        **claims: Any,
    ) -> str:
        """A valid token with the given changes, without the claims that are None."""
        good = {
            "sub": "user_7",
            "username": "ada",
            "role": "customer",
            "exp": time.time() + 60,
            "iat": time.time(),
            "iss": "minishop-auth",
            "aud": ["cart", "orders"],
            "jti": "1",
            "sid": "SES-1",
        }
        told = {name: value for name, value in {**good, **claims}.items() if value is not None}
        return jwt.encode(told, key or self.private, alg, {"typ": typ, "kid": kid, **(headers or {})})

    def public_pem(self) -> bytes:
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


SERVICE = {"sub": "service_shipping", "username": "shipping", "role": "service", "scope": "orders.get_order"}
"""The claims of a service's token."""

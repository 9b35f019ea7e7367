"""Servers at the address of Auth, of which one is."""

from __future__ import annotations

import json
import time
from email.utils import formatdate

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

KEY = json.loads(ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key()))
JWKS = {"keys": [{**KEY, "kid": "k1", "alg": "ES256", "use": "sig"}]}


def answering_as(service: str | None, *, ahead: float = 0.0) -> httpx.MockTransport:
    """A server that says it is this service, or nothing; it has the keys of Auth, and no session has ended. Its clock
    is so many seconds ahead.
    """
    headers = {} if service is None else {"Minishop-Service": service}

    def answer(request: httpx.Request) -> httpx.Response:
        body = JWKS if request.url.path.endswith("jwks.json") else []
        date = formatdate(time.time() + ahead, usegmt=True)
        return httpx.Response(200, json=body, headers={"Date": date, **headers})

    return httpx.MockTransport(answer)

"""A token identifies a caller only if every rule holds."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm

from minishop_server.kit.problems import Unauthorized
from minishop_server.kit.tokens import SERVICE_TOKEN_SECONDS, USER_TOKEN_SECONDS, Caller, TokenVerifier
from tests.support.issuer import SERVICE, Auth


def signed_by_hand(header: dict[str, str], payload: dict[str, Any], key: bytes | None) -> str:
    """A token that no library would sign: HS256, or nothing at all."""

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    start = f"{part(json.dumps(header).encode())}.{part(json.dumps(payload).encode())}"
    return f"{start}.{part(hmac.digest(key, start.encode(), hashlib.sha256)) if key else ''}"


async def test_a_good_token_speaks_for_its_user(issuer: Auth, verifier: TokenVerifier) -> None:
    token = issuer.token()

    caller = await verifier.verify(token)

    assert Caller("user_7", "ada", "customer", token, session="SES-1") == caller
    assert (7, True, False) == (caller.user_id, caller.may_see(7), caller.may_see(8))
    assert token not in repr(caller)


async def test_an_admin_and_a_service_see_everything_and_a_service_owns_nothing(
    issuer: Auth, verifier: TokenVerifier
) -> None:
    for role in "admin", "service":
        who = {"sub": "user_7"} if role == "admin" else {"sub": "service_ada", "scope": "orders.get_order"}
        caller = await verifier.verify(issuer.token(role=role, **who))
        assert (True, 7 if role == "admin" else 0) == (caller.may_see(None), caller.user_id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"typ": "JWT"},
        {"aud": "elsewhere"},
        {"iss": "somebody"},
        {"exp": 1},
        {"iat": 9_999_999_999},
        {"kid": "k9"},
        {"aud": []},
        {"aud": ["cart", "payments"]},
        {"aud": "minishop"},
        {"aud": "Orders"},
        {"aud": {"orders": True}},
        {"nbf": 9_999_999_999},
        {"iat": 1},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"iat": float("nan")},
        {"exp": "9999999999"},
        {"exp": [9_999_999_999]},
        {"iat": "1760000000"},
        {"sub": 7},
        {"sub": "7"},
        {"sub": "user_0"},
        {"sub": "user_07"},
        {"sub": "user_7\n"},
        {"sub": "user_\u0667"},
        {"sub": "service_ada"},
        {"sub": ["user_7"]},
        {"username": 7},
        {"username": ["ada"]},
        {"role": "owner"},
        {"role": "Admin"},
        {"role": ["admin"]},
        {"role": True},
        {"jti": 1},
        {"sid": 1},
        {"padding": "x" * 4096},
        {"typ": "at+jwt+x"},
        {"typ": "application/at+jwt"},
        SERVICE | {"scope": None},
        SERVICE | {"scope": ["orders.get_order"]},
        SERVICE | {"sub": "service_orders"},
        SERVICE | {"sub": "user_7"},
        *({claim: None} for claim in ("sub", "username", "role", "exp", "iat", "iss", "aud", "jti", "sid")),
    ],
    ids=str,
)
async def test_a_token_with_a_wrong_or_missing_claim_is_refused(
    issuer: Auth, verifier: TokenVerifier, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Unauthorized) as refusal:
        await verifier.verify(issuer.token(**wrong))

    assert 'Bearer error="invalid_token"' == refusal.value.headers["WWW-Authenticate"]


@pytest.mark.parametrize(("told", "seconds"), [({}, USER_TOKEN_SECONDS), (SERVICE, SERVICE_TOKEN_SECONDS)])
async def test_a_token_that_lives_longer_than_is_documented_is_refused(
    issuer: Auth, verifier: TokenVerifier, told: dict[str, str], seconds: int
) -> None:
    issued = int(time.time())

    assert await verifier.verify(issuer.token(**told, iat=issued, exp=issued + seconds))
    with pytest.raises(Unauthorized):
        await verifier.verify(issuer.token(**told, iat=issued, exp=issued + seconds + 1))


async def test_the_scope_of_a_service_is_what_it_may_call(issuer: Auth, verifier: TokenVerifier) -> None:
    told = issuer.token(**SERVICE, aud="orders", client_id="shipping")

    caller = await verifier.verify(told)

    assert Caller("service_shipping", "shipping", "service", told, frozenset({"orders.get_order"})) == caller
    assert (await verifier.verify(issuer.token())).scope is None


async def test_the_scope_of_a_users_token_gives_nothing(issuer: Auth, verifier: TokenVerifier) -> None:
    caller = await verifier.verify(issuer.token(scope="orders.list_work"))

    assert ("customer", None) == (caller.role, caller.scope)


@pytest.mark.parametrize("name", ["crit", "b64", "zip"])
async def test_a_token_with_an_extension_is_refused(issuer: Auth, verifier: TokenVerifier, name: str) -> None:
    headers = {"crit": {"crit": ["exp"], "exp": 1}, "b64": {"crit": ["b64"], "b64": False}, "zip": {"crit": []}}[name]

    with pytest.raises(Unauthorized):
        await verifier.verify(issuer.token(headers=headers))


async def test_a_key_that_a_token_brings_along_or_points_to_is_ignored(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(*_: Any) -> None:
        raise AssertionError("It looks for the key elsewhere.")

    monkeypatch.setattr("socket.socket.connect", connect)
    attacker = ec.generate_private_key(ec.SECP256R1())
    jwk = json.loads(ECAlgorithm.to_jwk(attacker.public_key()))
    for brought in (
        {"jwk": {**jwk, "kid": "k1", "alg": "ES256"}},
        {"jku": "https://attacker.example/jwks.json"},
        {"x5u": "https://attacker.example/certificate.pem"},
        {"x5c": ["MIIB"], "x5t": "abc"},
    ):
        with pytest.raises(Unauthorized):
            await verifier.verify(issuer.token(key=attacker, headers=brought))
        assert 7 == (await verifier.verify(issuer.token(headers=brought))).user_id


async def test_a_token_signed_otherwise_is_refused(issuer: Auth, verifier: TokenVerifier) -> None:
    claims = jwt.decode(issuer.token(), options={"verify_signature": False})
    good_header, payload, signature = issuer.token().split(".")
    forged = [
        issuer.token(key=ec.generate_private_key(ec.SECP256R1())),
        issuer.token(key=rsa.generate_private_key(65537, 2048), alg="RS256"),
        signed_by_hand({"alg": "HS256", "typ": "at+jwt", "kid": "k1"}, claims, issuer.public_pem()),
        signed_by_hand({"alg": "ES256", "typ": "at+jwt", "kid": "k1"}, claims, issuer.public_pem()),
        *(
            signed_by_hand({"alg": alg, "typ": "at+jwt", "kid": "k1"}, claims, None)
            for alg in ("none", "None", "NONE", "nOnE", "", "es256", "ES384")
        ),
        signed_by_hand({"typ": "at+jwt", "kid": "k1"}, claims, None),
        signed_by_hand({"alg": "ES256", "typ": "at+jwt", "kid": "k1"}, claims, None),
        signed_by_hand({"alg": "ES256", "typ": "at+jwt"}, claims, None),
        f"{good_header}.{payload}x.{signature}",
        f"{good_header}.{payload}.{signature}.{signature}.{signature}",  # five parts are an encrypted one
        f"{good_header}.{payload}.",
        f"{good_header}.{payload}.{'A' * 86}",  # r and s are 0
        f"{good_header}.{payload}.{signature}\n",
        json.dumps({"payload": payload, "signatures": [{"protected": good_header, "signature": signature}]}),
        "x" * 1_000_000,
        "not.a.token",
        "",
    ]

    for token in forged:
        with pytest.raises(Unauthorized):
            await verifier.verify(token)

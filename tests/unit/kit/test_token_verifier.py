"""A token speaks for somebody only if every rule holds."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm

from minishop_server.kit import auth
from minishop_server.kit.auth import Caller, TokenVerifier
from minishop_server.kit.problems import Unauthorized, Unavailable
from minishop_server.kit.revocations import PAGE, Revocation, Revocations
from minishop_server.kit.settings import SERVICE_TOKEN_SECONDS, USER_TOKEN_SECONDS

SERVICE = {"sub": "service_shipping", "username": "shipping", "role": "service", "scope": "orders.get_order"}
"""What a service's token says of it."""


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
        """A good token, apart from what is given; a claim of None is left out."""
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


@pytest.fixture
def issuer() -> Auth:
    return Auth()


@pytest.fixture
def verifier(issuer: Auth) -> TokenVerifier:
    return TokenVerifier("orders", issuer.keys, Revocations(issuer.revocations))


def signed_by_hand(header: dict[str, str], payload: dict[str, Any], key: bytes | None) -> str:
    """A token that no library would sign: HS256, or nothing at all."""

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    start = f"{part(json.dumps(header).encode())}.{part(json.dumps(payload).encode())}"
    return f"{start}.{part(hmac.digest(key, start.encode(), hashlib.sha256)) if key else ''}"


def pass_time(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let the clocks of the verifier and of its library show a later time."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=seconds)

    monkeypatch.setattr("jwt.api_jwt.datetime", Later)
    clocks = {"time": lambda: time.time() + seconds, "monotonic": lambda: time.monotonic() + seconds}
    monkeypatch.setattr(auth, "time", SimpleNamespace(**clocks))


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


async def test_a_token_that_was_verified_before_is_refused_once_it_has_expired(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token()
    caller = await verifier.verify(token)
    assert caller is verifier.known(token.encode())
    pass_time(monkeypatch, 120)

    assert verifier.known(token.encode()) is None
    with pytest.raises(Unauthorized):
        await verifier.verify(token)


async def test_keys_are_asked_for_once_by_all_who_come_at_the_same_time(issuer: Auth, verifier: TokenVerifier) -> None:
    callers = await asyncio.gather(*(verifier.verify(issuer.token(jti=str(number))) for number in range(8)))

    assert [7] * 8 == [caller.user_id for caller in callers]
    assert 1 == issuer.asked


async def test_an_unknown_key_makes_it_ask_again_but_not_for_every_such_token(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    await verifier.verify(issuer.token())
    issuer.published = ["k2", "k1"]
    pass_time(monkeypatch, auth.KEYS_PAUSE + 1)

    assert 7 == (await verifier.verify(issuer.token(kid="k2"))).user_id
    for number in range(5):
        with pytest.raises(Unauthorized):
            await verifier.verify(issuer.token(kid=f"made-up-{number}"))

    assert 2 == issuer.asked


async def test_while_auth_is_away_an_unknown_key_is_unavailable_and_never_a_refusal(
    issuer: Auth, verifier: TokenVerifier
) -> None:
    issuer.away = True
    for _ in range(3):
        with pytest.raises(Unavailable):
            await verifier.verify(issuer.token())
    issuer.away = False

    assert 7 == (await verifier.verify(issuer.token())).user_id


async def test_known_keys_go_on_to_hold_while_auth_is_away(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    await verifier.verify(issuer.token())
    issuer.away = True
    pass_time(monkeypatch, auth.KEYS_FRESH + 1)

    assert 7 == (await verifier.verify(issuer.token(exp=time.time() + 900))).user_id


async def test_a_token_of_a_key_that_is_gone_ends_with_the_first_of_a_new_one(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token(exp=time.time() + 3600)
    await verifier.verify(token)
    issuer.published = ["k2"]
    pass_time(monkeypatch, auth.KEYS_PAUSE + 1)

    await verifier.verify(issuer.token(kid="k2"))

    assert verifier.known(token.encode()) is None


async def test_a_token_of_a_key_that_is_gone_ends_when_the_keys_are_asked_for_again(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token(exp=time.time() + 3600)
    await verifier.verify(token)
    issuer.published = ["k2"]
    assert verifier.known(token.encode()) is not None
    pass_time(monkeypatch, auth.KEYS_FRESH + 1)

    assert verifier.known(token.encode()) is None
    with pytest.raises(Unauthorized):
        await verifier.verify(token)

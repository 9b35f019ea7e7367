"""Who is calling: access tokens verified against Auth's public keys.

The rules are those of RFC 8725: one algorithm, a token type of its own (RFC 9068), and every claim that is relied
on is required. Verified tokens are remembered until they expire, as a signature costs a hundred times a look-up.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from .problems import Problem, Unauthorized, Unavailable
from .settings import AUDIENCE, ISSUER

ALGORITHM = "ES256"
TOKEN_TYPE = "at+jwt"
LEEWAY = 5
"""Seconds that clocks may differ by."""
KEYS_FRESH = 300.0
"""Seconds that the keys are used before they are asked for again."""
KEYS_PAUSE = 2.0
"""Seconds between two questions for an unknown key, so that made-up ones cost Auth nothing."""
REMEMBERED = 4_000


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever a token speaks for."""

    subject: str
    """`user_123`, or `service_orders`."""
    username: str
    role: str
    """customer, admin or service."""
    token: str = field(repr=False)

    @property
    def user_id(self) -> int:
        """The user's number; 0 for a service, which owns nothing."""
        return int(self.subject.removeprefix("user_")) if self.role != "service" else 0

    def may_see(self, owner: int | None) -> bool:
        """Whether an object of this owner exists for the caller."""
        return self.role != "customer" or owner == self.user_id


class TokenVerifier:
    """Turns tokens into callers; `fetch_keys` asks Auth for its JWK set."""

    def __init__(self, fetch_keys: Callable[[], Awaitable[Sequence[Mapping[str, Any]]]]) -> None:
        self._fetch_keys = fetch_keys
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked = -KEYS_FRESH
        self._asking = asyncio.Lock()
        self._verified: dict[bytes, tuple[Caller, float]] = {}

    def known(self, token: bytes) -> Caller | None:
        """The caller of a token that was verified before and has not expired."""
        found = self._verified.get(token)
        return found[0] if found is not None and time.time() < found[1] else None

    async def verify(self, token: str) -> Caller:
        """The caller a token speaks for.

        Raises:
            Unauthorized: it is malformed, expired, of another kind, or not signed by Auth.
            Unavailable: Auth does not answer, and it may be one of a key that only Auth knows.
        """
        known = self.known(token.encode())
        if known is not None:
            return known
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") != ALGORITHM or header.get("typ") != TOKEN_TYPE:
                raise jwt.InvalidTokenError
            key = await self._key(str(header.get("kid")))
            claims = _claims(token, key)
            caller = Caller(claims["sub"], claims["username"], claims["role"], token)
        except (jwt.PyJWTError, KeyError, ValueError):
            raise Unauthorized(
                "The token does not hold; sign in again.", challenge='Bearer error="invalid_token"'
            ) from None
        if len(self._verified) >= REMEMBERED:
            self._verified.clear()
        self._verified[token.encode()] = caller, claims["exp"]
        return caller

    async def prepare(self) -> None:
        """Take from the first request what makes it slow: the keys are asked for, and all code of a check has run.

        Where Auth does not answer, the first token asks again.
        """
        _check_once()
        with suppress(Problem, KeyError):
            await self._key("")

    async def _key(self, key_id: str) -> jwt.PyJWK:
        async with self._asking:  # whoever comes meanwhile waits for the same answer
            age = time.monotonic() - self._asked
            if age > KEYS_FRESH or (key_id not in self._keys and age > KEYS_PAUSE):
                self._asked = time.monotonic()
                try:
                    self._keys = {key["kid"]: jwt.PyJWK(dict(key)) for key in await self._fetch_keys()}
                except Unavailable:
                    if key_id not in self._keys:  # else it goes on without Auth
                        self._asked = -KEYS_FRESH
                        raise
        return self._keys[key_id]


def _claims(token: str, key: jwt.PyJWK) -> dict[str, Any]:
    """What a token says; raises PyJWTError if it does not hold."""
    return jwt.decode(
        token,
        key,
        algorithms=[ALGORITHM],
        audience=AUDIENCE,
        issuer=ISSUER,
        leeway=LEEWAY,
        options={"require": ["exp", "iat", "iss", "aud", "sub", "jti"]},
    )


@cache
def _check_once() -> None:
    """Check a token made up for it: OpenSSL prepares its curve with the first signature of a process."""
    key = ec.generate_private_key(ec.SECP256R1())
    issued = int(time.time())
    claims = {"sub": "nobody", "exp": issued + 3600, "iat": issued, "iss": ISSUER, "aud": AUDIENCE, "jti": "none"}
    token = jwt.encode(claims, key, ALGORITHM)
    jwt.get_unverified_header(token)
    _claims(token, jwt.PyJWK(ECAlgorithm.to_jwk(key.public_key(), as_dict=True), ALGORITHM))

"""Who is calling: access tokens verified against Auth's public keys.

The rules are those of RFC 8725: one algorithm, a token type of its own (RFC 9068), an audience for each service, and
every claim that is relied on is required and looked at. Where a key may be found (`jku`, `jwk`, `x5u`, `x5c`) is never
taken from the token. Verified tokens are remembered until they expire, their session ends (revocations.py) or the keys
are to be asked for again, as a signature costs a hundred times a look-up.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm
from jwt.types import Options

from .clock import monotonic, unix_time
from .ids import SessionId, UserId
from .problems import Problem, Unauthorized, Unavailable
from .revocations import Revocations

ALGORITHM: Final = "ES256"
TOKEN_TYPE = "at+jwt"
ISSUER = "minishop-auth"
USER_TOKEN_SECONDS = 86_400
"""That a user's token may hold at most: the documented maximum of `expires_in`."""
SERVICE_TOKEN_SECONDS = 300
LEEWAY = 60
"""Seconds that clocks may differ by.

The feed of ended sessions keeps its entries for longer.
"""
KEYS_FRESH = 300.0
"""Seconds that the keys are used before they are asked for again."""
KEYS_PAUSE = 2.0
"""Seconds between two questions for an unknown key, so that made-up ones cost Auth nothing."""
MOMENT = 0.5
"""Seconds that a probe waits for the first keys."""
REMEMBERED = 4_000
LONGEST = 4096
"""Characters of a token: the documented maximum of `access_token`."""
LIFETIMES = {"customer": USER_TOKEN_SECONDS, "admin": USER_TOKEN_SECONDS, "service": SERVICE_TOKEN_SECONDS}
"""Seconds from `iat` to `exp` at most, for each role that there is."""
USER = re.compile("user_[1-9][0-9]{0,18}")
UNTIMED: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
"""Options of PyJWT that leave the times to `check_times`, because PyJWT reads a clock of its own."""
REQUIRED = ["exp", "iat", "iss", "aud", "sub", "jti", "username", "role"]
OPTIONS: Options = {"require": REQUIRED, **UNTIMED}


@dataclass(frozen=True, slots=True)
class Caller:
    """The user or service of a token."""

    subject: str
    """`user_123`, or `service_orders`."""
    username: str
    role: str
    """customer, admin or service."""
    token: str = field(repr=False)
    scope: frozenset[str] | None = None
    """The operations that a service may call (`payments.process_payment`), or None for users, who have roles."""
    session: SessionId | None = None
    """The session whose end is the token's, or None for a service."""

    @property
    def user_id(self) -> UserId:
        """The user's number, or 0 for a service, which owns no objects."""
        return UserId(int(self.subject.removeprefix("user_")) if self.role != "service" else 0)

    def may_see(self, owner: UserId | None) -> bool:
        """Whether an object of this owner exists for the caller."""
        return self.role != "customer" or owner == self.user_id


class TokenVerifier:
    """Turns tokens into callers.

    Args:
        audience: whose tokens are taken: those that name this service in `aud`.
        fetch_keys: asks Auth for the keys of its JWK set.
        revocations: knows which sessions ended.
    """

    def __init__(
        self,
        audience: str,
        fetch_keys: Callable[[], Awaitable[Sequence[Mapping[str, Any]]]],
        revocations: Revocations,
    ) -> None:
        self._audience = audience
        self._fetch_keys = fetch_keys
        self._revocations = revocations
        revocations.on_ended = self._forget
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked = -KEYS_FRESH
        """By the monotonic clock, as is how long a token is remembered at most."""
        self._asking = asyncio.Lock()
        self._verified: dict[bytes, tuple[Caller, float]] = {}
        self._have_keys = asyncio.Event()
        self._why_no_keys = ""

    def known(self, token: bytes) -> Caller | None:
        """The caller of a token that was verified before, has not expired and was not revoked."""
        found = self._verified.get(token)
        if found is None or (now := unix_time()) >= found[1]:
            return None
        return found[0] if now < self._revocations.trusted_until or found[0].session is None else None

    async def verify(self, token: str) -> Caller:
        """The caller a token speaks for.

        Raises:
            Unauthorized: it is malformed, expired, of another kind, for another service, or not signed by Auth.
            Unavailable: Auth does not answer, and it may be one of a key that only Auth knows, or of a session that
                has ended.
        """
        known = self.known(token.encode())
        if known is not None:
            return known
        try:
            if len(token) > LONGEST:
                raise jwt.InvalidTokenError
            header = jwt.get_unverified_header(token)
            if header.get("alg") != ALGORITHM or header.get("typ") != TOKEN_TYPE or "crit" in header:
                raise jwt.InvalidTokenError  # no extension is understood (RFC 7515, section 4.1.11)
            key = await self._key(str(header.get("kid")))
            caller, expires = _caller(token, key, self._audience)
        except (jwt.PyJWTError, LookupError, TypeError, ValueError, ArithmeticError):
            raise _refused() from None
        if caller.session is not None:
            await self._revocations.be_current()
            if caller.session in self._revocations:  # nothing is awaited between this and remembering it
                raise _refused()
        if len(self._verified) >= REMEMBERED:
            self._verified.clear()
        fresh = self._asked + KEYS_FRESH - monotonic()  # a key that is gone by then shall end its tokens
        self._verified[token.encode()] = caller, min(expires, unix_time() + fresh)
        return caller

    async def prepare(self) -> None:
        """Warm up for the first request: keys and ended sessions are fetched, and all code of a
        check has run.

        Where Auth does not answer, it is asked again until it does.
        """
        _check_once()
        while not self._keys:
            try:
                await self._key("")
            except KeyError:
                pass
            except Problem as refusal:
                if str(refusal) != self._why_no_keys:
                    self._why_no_keys = str(refusal)
                    structlog.get_logger().warning("keys_not_read_yet", why=self._why_no_keys)
            if not self._keys:
                await asyncio.sleep(KEYS_PAUSE)
        with suppress(Problem):
            await self._revocations.read()

    async def have_keys(self) -> None:
        """Wait a moment for the keys to be read for the first time.

        Raises:
            Unavailable: they were not; no token can be verified yet.
        """
        try:
            await asyncio.wait_for(self._have_keys.wait(), MOMENT)
        except TimeoutError:
            raise Unavailable(f"The keys of Auth were not read yet. {self._why_no_keys}".strip()) from None

    def _forget(self, sessions: Collection[str]) -> None:
        """Remember no token of these any more."""
        self._verified = {token: found for token, found in self._verified.items() if found[0].session not in sessions}

    async def _key(self, key_id: str) -> jwt.PyJWK:
        async with self._asking:  # concurrent callers wait for the same answer
            age = monotonic() - self._asked
            if age > KEYS_FRESH or (key_id not in self._keys and age > KEYS_PAUSE):
                self._asked = monotonic()
                try:
                    keys = {key["kid"]: jwt.PyJWK(dict(key)) for key in await self._fetch_keys()}
                    if self._keys.keys() - keys.keys():
                        self._verified.clear()  # the tokens of a key end with it
                    self._keys = keys
                    if keys:
                        self._have_keys.set()
                except Unavailable:
                    if key_id not in self._keys:  # else it goes on without Auth
                        self._asked = -KEYS_FRESH
                        raise
        return self._keys[key_id]


def check_times(claims: Mapping[str, Any], leeway: float = 0) -> None:
    """Raises jwt.InvalidTokenError for a token that has expired (`exp`) or is not valid yet (`iat`, `nbf`)."""
    now = unix_time()
    try:
        if int(claims["exp"]) > now - leeway and max(int(claims["iat"]), int(claims.get("nbf", 0))) <= now + leeway:
            return
    except (TypeError, ValueError, OverflowError):
        pass  # it is no number
    raise jwt.InvalidTokenError


def _caller(token: str, key: jwt.PyJWK, audience: str) -> tuple[Caller, float]:
    """The subject of a token, and its expiry.

    Raises:
        jwt.PyJWTError: it does not hold.
        LookupError, TypeError, ValueError, ArithmeticError: its claims do not have Auth's form.
    """
    claims = jwt.decode(
        token,
        key,
        algorithms=[ALGORITHM],
        audience=audience,
        issuer=ISSUER,
        options=OPTIONS,
    )
    check_times(claims, LEEWAY)
    subject, username, role = claims["sub"], claims["username"], claims["role"]
    if not (isinstance(username, str) and isinstance(role, str)):
        raise TypeError
    if not 0 < claims["exp"] - claims["iat"] <= LIFETIMES[role]:
        raise ValueError
    if role != "service":
        if not (USER.fullmatch(subject) and isinstance(claims["sid"], str)):
            raise ValueError
        return Caller(subject, username, role, token, session=SessionId(claims["sid"])), claims["exp"]
    if subject != f"service_{username}" or not isinstance(claims["scope"], str):
        raise ValueError
    scope = frozenset(claims["scope"].split(" "))  # RFC 8693, section 4.2
    return Caller(subject, username, role, token, scope), claims["exp"]


def _refused() -> Unauthorized:
    return Unauthorized("The token does not hold; sign in again.", challenge='Bearer error="invalid_token"')


@cache
def _check_once() -> None:
    """Check a token made up for it: OpenSSL prepares its curve with the first signature of a process."""
    key, now = ec.generate_private_key(ec.SECP256R1()), int(unix_time())
    times = {"iat": now, "exp": now + 60}
    who = {"sub": "user_1", "username": "nobody", "role": "customer", "sid": "none", "jti": "none"}
    token = jwt.encode({**who, **times, "iss": ISSUER, "aud": "none"}, key, ALGORITHM)
    jwt.get_unverified_header(token)
    _caller(token, jwt.PyJWK(ECAlgorithm.to_jwk(key.public_key(), as_dict=True), ALGORITHM), "none")

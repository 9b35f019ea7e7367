"""The keys that tokens are signed with: next, active, retiring, gone.

Which of these a key is follows from the times in the rows, so replicas agree without one that leads. A key is
published for twice as long as caches keep the JWK set before it signs; one that another followed stays published
until no token that it signed can be alive. Each key names the one that it follows, and none is followed twice: of
replicas that rotate at the same time one adds a key.

In the database the keys are encrypted (Fernet: AES-128-CBC with HMAC-SHA256) under a secret that is not there.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, TypedDict

import jwt
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from jwt.algorithms import ECAlgorithm

from ....kit.clock import Timestamp, moment, seconds_of, unix_time
from ....kit.database import Database
from ....kit.problems import Unavailable
from ....kit.tokens import ALGORITHM, KEYS_FRESH, TOKEN_TYPE, USER_TOKEN_SECONDS
from ..audit_log.domain import AuditLog
from ..unix_seconds import UnixSeconds
from .store import KeyRow, Store

PUBLISHED_FIRST = 2 * KEYS_FRESH
"""Seconds that a key is published before it signs: caches on the way may keep the set as long as services do."""
OUTLIVES = USER_TOKEN_SECONDS + PUBLISHED_FIRST
"""Seconds that a key is published after the next one has taken over: the longest token, and clocks that differ."""
READ_AGAIN = 10.0
"""Seconds after which a process looks for keys that others made."""
ROUND = 60.0
"""Seconds between two looks whether it is time for the next key."""
MOST = 8
"""Keys that are published at once: the documented maximum."""
DAY = 86_400.0

State = Literal["next", "active", "retiring", "gone"]


class Jwk(TypedDict):
    """A public key (RFC 7518, section 6.2)."""

    kty: Literal["EC"]
    kid: str
    use: Literal["sig"]
    alg: Literal["ES256"]
    crv: Literal["P-256"]
    x: str
    y: str


class NotRotated(Exception):
    """It is not the time for another key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as stored, with times in seconds since 1970."""

    kid: str
    encrypted: str
    created_at: UnixSeconds
    signs_from: UnixSeconds
    signs_until: UnixSeconds | None
    """The time at which the next key takes over, or None if there is no next key."""

    def state(self, now: float) -> State:
        """Where in its life the key is."""
        if now < self.signs_from:
            return "next"
        if self.signs_until is None or now < self.signs_until:
            return "active"
        return "retiring" if now < self.signs_until + OUTLIVES else "gone"


class SigningKeys:
    """Signs, publishes and rotates.

    Args:
        secret: encrypts the keys in the database.
        days: after as many a key is followed by the next.
    """

    def __init__(self, database: Database, secret: str, days: int = 30) -> None:
        self._database = database
        self._store = Store(database)
        self._journal = AuditLog(database)
        self._cipher = _cipher(secret)
        self._days = days
        self._known: Sequence[Key] = ()
        self._read_at = unix_time()
        self._opened: dict[str, ec.EllipticCurvePrivateKey] = {}

    async def start(self) -> None:
        """Make the first key, where there is none; it signs at once.

        Raises:
            Unavailable: the keys that are there were encrypted with another secret.
        """
        if not await self._store.keys():
            now = unix_time()
            await self._store.add(*self._new(now, now), follows="")
        await self.published()

    async def sign(self, claims: Mapping[str, object]) -> str:
        """A token (RFC 9068) of these claims, signed with the active key.

        Raises:
            Unavailable: see `start`.
        """
        if not self._known or abs(unix_time() - self._read_at) > READ_AGAIN:
            await self._read()
        now = unix_time()
        # Where clocks differ the first key may seem to come only: it signs nevertheless.
        key = next((key for key in reversed(self._known) if key.signs_from <= now), self._known[0])
        payload, header = dict(claims), {"typ": TOKEN_TYPE, "kid": key.kid}
        return jwt.encode(payload, self.private_key(key), ALGORITHM, header)

    async def published(self) -> list[Jwk]:
        """The keys of the JWK set (RFC 7517): for all valid tokens, and those of the next minutes.

        Raises:
            Unavailable: see `start`.
        """
        await self._read()
        now = unix_time()
        return [_public_jwk(key.kid, self.private_key(key)) for key in self._known if key.state(now) != "gone"]

    async def all(self) -> list[Key]:
        """Every key that is kept, in the order in which they sign."""
        return _keys(await self._store.keys())

    async def rotate(self, *, actor: str, at_once: bool = False) -> str:
        """Add the next key; its `kid`.

        Args:
            actor: who rotates, for the audit log.
            at_once: it signs from now on, and all others are deleted: after a leak.

        Raises:
            NotRotated: a key waits to sign already, or there are too many, or another process was faster.
        """
        now = unix_time()
        async with self._database.transaction() as transaction:
            keys = _keys(await self._store.keys(transaction))
            follows = keys[-1].kid if keys else ""
            if keys and not at_once:
                if keys[-1].state(now) == "next":
                    raise NotRotated(f"The key {follows} is already scheduled, from {moment(keys[-1].signs_from)} on.")
                if sum(key.state(now) != "gone" for key in keys) >= MOST:
                    raise NotRotated(f"{MOST} keys are already published; wait until the oldest is deleted.")
            new = self._new(now, now if at_once or not keys else now + PUBLISHED_FIRST)
            if not await self._store.add(*new, follows=follows, within=transaction):
                raise NotRotated("Another key was added at the same moment.")
            for key in keys if at_once else ():
                await self._store.delete(key.kid, transaction)
            await self._journal.note("key_rotated", actor=actor, subject=new[0], within=transaction)
        self._known = ()
        return new[0]

    async def round(self) -> None:
        """Add the next key when it is due, and delete expired ones."""
        now, keys = unix_time(), await self.all()
        if not keys or keys[-1].created_at + self._days * DAY <= now:
            with suppress(NotRotated):
                await self.rotate(actor="service_auth")
        for key in keys:
            if key.state(now) == "gone":
                await self._store.delete(key.kid)

    async def _read(self) -> None:
        self._known, self._read_at = await self.all(), unix_time()
        if not self._known:
            raise Unavailable("There is no key to sign with.")

    def private_key(self, key: Key) -> ec.EllipticCurvePrivateKey:
        """The decrypted key.

        Raises:
            Unavailable: see `start`.
        """
        if key.kid not in self._opened:
            try:
                der = self._cipher.decrypt(key.encrypted)
            except InvalidToken:
                reason = "auth.key, or MINISHOP_AUTH_KEY_SECRET, is not the secret that encrypted the signing keys."
                raise Unavailable("The signing keys cannot be decrypted.", reason=reason) from None
            private = serialization.load_der_private_key(der, None)
            assert isinstance(private, ec.EllipticCurvePrivateKey)
            kept = {each.kid for each in self._known}
            self._opened = {kid: opened for kid, opened in self._opened.items() if kid in kept} | {key.kid: private}
        return self._opened[key.kid]

    def _new(self, made_at: float, signs_from: float) -> tuple[str, str, Timestamp, Timestamp]:
        """A row: `kid`, the encrypted key, when it was made and from when on it signs."""
        der = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        encrypted = self._cipher.encrypt(der).decode("ascii")
        return secrets.token_hex(8), encrypted, moment(made_at), moment(signs_from)


def _keys(rows: Sequence[KeyRow]) -> list[Key]:
    times = [_seconds(row["signs_from"]) for row in rows]
    return [
        Key(row["kid"], row["private_key"], _seconds(row["created_at"]), begins, ends)
        for row, begins, ends in zip(rows, times, (*times, None)[1:], strict=True)
    ]


def _seconds(time: Timestamp) -> UnixSeconds:
    return UnixSeconds(int(seconds_of(time)))


def _cipher(secret: str) -> Fernet:
    """The secret is long and random, so HKDF (RFC 5869) makes a key of it as well as a slow function would."""
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"minishop signing keys").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _public_jwk(kid: str, private: ec.EllipticCurvePrivateKey) -> Jwk:
    jwk: dict[str, str] = json.loads(ECAlgorithm.to_jwk(private.public_key()))
    return {
        "kty": "EC",
        "kid": kid,
        "use": "sig",
        "alg": ALGORITHM,
        "crv": "P-256",
        "x": jwk["x"],
        "y": jwk["y"],
    }

"""The rules of Auth: accounts, sign-in, tokens."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from ..kit.auth import ALGORITHM, TOKEN_TYPE
from ..kit.database import Row
from ..kit.etags import stale
from ..kit.problems import BadRequest, Conflict, FieldError, Unauthorized
from ..kit.settings import AUDIENCE, ISSUER
from .passwords import Passwords
from .store import Store

SERVICE_TOKEN_SECONDS = 300


class Taken(Conflict):
    """Another account has the name or the e-mail address."""

    code, title = "taken", "The name or the e-mail address is taken"


class WrongCredentials(Unauthorized):
    """Alike for an unknown name and for a wrong password."""

    code, title = "wrong_credentials", "The name or the password is wrong"


class UnknownClient(Unauthorized):
    """RFC 6749, section 5.2: invalid_client."""

    code, title = "invalid_client", "The id or the secret of the client is wrong"


class BadTokenRequest(BadRequest):
    """A token request that RFC 6749 does not allow; `error` says why."""

    code, title = "invalid_token_request", "The token request is not one of RFC 6749"


class Auth:
    """Accounts and tokens."""

    def __init__(self, store: Store, token_seconds: int) -> None:
        self.database = store.database
        self._store = store
        self._token_seconds = token_seconds
        self._passwords = Passwords()

    async def register(
        self,
        username: str,
        email: str,
        password: str,
        address: str | None = None,
        role: str = "customer",
    ) -> Row:
        """A new account.

        Raises:
            Taken: the name or the e-mail address is in use.
        """
        email = email.lower()
        await self._refuse_taken(username, email)
        hashed = await self._passwords.hash(password)
        user = await self._store.add_user(username, email, hashed, role, address)
        if user is None:  # somebody was faster
            await self._refuse_taken(username, email)
            raise Taken
        return user

    async def _refuse_taken(self, username: str, email: str) -> None:
        taken = await self._store.taken(username, email)
        errors = [
            FieldError("body", f"/{field}", "taken", "is in use")
            for field in ("username", "email")
            if taken is not None and taken[field]
        ]
        if errors:
            raise Taken("Choose another one.", errors=errors)

    async def has_user(self, username: str) -> bool:
        """Whether there is an account of this name."""
        return await self._store.user_with_password(username) is not None

    async def login(self, username: str, password: str) -> tuple[str, int]:
        """A token for a user, and the seconds it holds.

        Raises:
            WrongCredentials: no such user, or another password.
        """
        user = await self._store.user_with_password(username)
        hashed = None if user is None else user["password_hash"]
        if not await self._passwords.verify(hashed, password) or user is None:
            raise WrongCredentials("Check both and try again.")
        subject = f"user_{user['id']}"
        return await self._sign(subject, username, user["role"], self._token_seconds)

    async def service_token(self, grant: str, client: str | None, secret: str | None) -> tuple[str, int]:
        """A token for a service (RFC 6749, section 4.4), and the seconds it holds.

        Raises:
            BadTokenRequest: another grant than client credentials.
            UnknownClient: no such client, or another secret.
        """
        if grant != "client_credentials":
            raise BadTokenRequest(
                "The only grant is client_credentials.",
                errors=[FieldError("body", "/grant_type", "unsupported", "is not supported")],
                error="unsupported_grant_type",
            )
        known = await self._store.client_secret_hash(client or "")
        right = hmac.compare_digest(known or "", _secret_hash(secret or ""))
        if client is None or not right:
            raise UnknownClient(
                "Check both and try again.",
                challenge='Basic realm="minishop"',
                error="invalid_client",
            )
        return await self._sign(f"service_{client}", client, "service", SERVICE_TOKEN_SECONDS)

    async def users(self, limit: int, after: int | None) -> list[Row]:
        """All accounts, by number."""
        return await self._store.users(limit, after)

    async def me(self, user_id: int) -> Row:
        """The caller's account.

        Raises:
            Unauthorized: the account is gone, though the token still holds.
        """
        user = await self._store.user(user_id)
        if user is None:
            raise Unauthorized("The account is gone.", challenge='Bearer error="invalid_token"')
        return user

    async def update_me(self, user_id: int, version: int, email: str | None, address: str | None) -> Row:
        """The caller's account, edited; what is None stays.

        Raises:
            PreconditionFailed: this is no longer its version.
            Taken: another account has the e-mail address.
        """
        email = email and email.lower()
        if email is not None and await self._store.email_owner(email) not in (None, user_id):
            errors = [FieldError("body", "/email", "taken", "is in use")]
            raise Taken("Choose another one.", errors=errors)
        user = await self._store.update_user(user_id, version, email, address)
        if user is None:
            raise stale()
        return user

    async def ensure_key(self) -> None:
        """Make the first signing key, where there is none."""
        if not await self._store.keys():
            key = ec.generate_private_key(ec.SECP256R1())
            pem = key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            await self._store.add_key(secrets.token_hex(8), pem.decode("ascii"))

    async def ensure_client(self, client: str, secret: str) -> None:
        """Let a service in with this secret, and with no other."""
        # The secret is long and random, so a plain hash protects it as well as a slow one would.
        await self._store.put_client(client, _secret_hash(secret))

    async def public_keys(self) -> list[dict[str, Any]]:
        """The JWK set (RFC 7517) that tokens are verified with."""
        return [_public_jwk(row["kid"], row["private_key"]) for row in await self._store.keys()]

    async def _sign(self, subject: str, username: str, role: str, seconds: int) -> tuple[str, int]:
        key = (await self._store.keys())[0]
        issued = int(time.time())
        claims = {
            "sub": subject,
            "username": username,
            "role": role,
            "exp": issued + seconds,
            "iat": issued,
            "iss": ISSUER,
            "aud": AUDIENCE,
            "jti": secrets.token_hex(16),
        }
        headers = {"typ": TOKEN_TYPE, "kid": key["kid"]}
        return jwt.encode(claims, key["private_key"], ALGORITHM, headers), seconds


def _public_jwk(kid: str, private_key: str) -> dict[str, Any]:
    key = serialization.load_pem_private_key(private_key.encode("ascii"), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    jwk = json.loads(ECAlgorithm.to_jwk(key.public_key()))
    return {**jwk, "kid": kid, "use": "sig", "alg": ALGORITHM}


def _secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

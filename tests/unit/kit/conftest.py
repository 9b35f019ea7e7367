"""A schema made up, a PostgreSQL that the tests may stop, the log, and the keys and revocations of an Auth."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
import structlog
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from minishop_server.kit import logging as kit_logging
from minishop_server.kit import tokens
from minishop_server.kit.logging import configure_logging
from minishop_server.kit.problems import Unavailable
from minishop_server.kit.revocations import PAGE, Revocation, Revocations
from minishop_server.kit.tokens import TokenVerifier

from ...chaos.postgres import Postgres, running_postgres
from ...revisions import write_revision

SCHEMA = "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER CHECK (size >= 0))"


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A schema with one table."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    write_revision(folder, "0001", SCHEMA)
    return folder


@pytest.fixture
def own_postgresql() -> Iterator[Postgres]:
    """A PostgreSQL that the test may stop."""
    with running_postgres() as server:
        yield server


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


def pass_time(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let the clocks of the verifier and of its library show a later time."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=seconds)

    monkeypatch.setattr("jwt.api_jwt.datetime", Later)
    clocks = {"time": lambda: time.time() + seconds, "monotonic": lambda: time.monotonic() + seconds}
    monkeypatch.setattr(tokens, "time", SimpleNamespace(**clocks))


@pytest.fixture
def logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Logging is that of the process; leave it as it was."""
    monkeypatch.setattr(kit_logging, "_least", logging.CRITICAL)
    monkeypatch.setattr(kit_logging, "_as_json", True)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(False)
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


class Log:
    """What was written."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()

    def lines(self) -> list[dict[str, Any]]:
        """Each is JSON."""
        return [json.loads(line) for line in self.bytes.getvalue().splitlines()]


@pytest.fixture
def log(logging_as_before: None, monkeypatch: pytest.MonkeyPatch) -> Log:
    """Logging as a process of ours does it, to a standard error of the test."""
    log = Log()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(log.bytes, write_through=True))
    configure_logging()
    return log

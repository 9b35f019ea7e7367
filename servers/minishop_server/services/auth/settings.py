"""The settings of Auth."""

from __future__ import annotations

import re
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from ...kit.clock import DAY
from ...kit.settings import ProcessSettings, ServiceSettings
from ...kit.tokens import USER_TOKEN_SECONDS


def _public_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or re.search(r"[?#\s]", text):
        raise ValueError("looks like https://shop.example or https://example.org/shop")
    return text.rstrip("/")


class AuthSettings(ServiceSettings):
    """`MINISHOP_AUTH_KEY_…`: encryption and age of the signing keys; `…_SESSION_…`: the lifetime of a login;
    `…_ARGON2_…`: the cost of a password's hash; `…_FAILURES…`: the number of guesses; `…_DAYS`: the age of old rows.
    """

    key_secret: SecretStr | None = Field(default=None, min_length=32)
    """The secret that encrypts the signing keys in the database, the same for all replicas."""
    key_days: int = Field(default=30, ge=1, le=365)
    """After as many days the next key takes over."""
    session_idle_seconds: int = Field(default=14 * DAY, ge=60, le=366 * DAY)
    """Without being used."""
    session_seconds: int = Field(default=90 * DAY, ge=60, le=366 * DAY)
    """However often it is used."""
    argon2_kib: int = Field(default=19 * 1024, ge=7 * 1024, le=1024 * 1024)
    """KiB of memory for each hash that is computed at a time.

    The defaults are OWASP's first choice for Argon2id.
    """
    argon2_passes: int = Field(default=2, ge=1, le=20)
    argon2_at_once: int = Field(default=1, ge=1, le=64)
    """Maximum number of hashes that one process computes at a time."""
    audit_days: int = Field(default=365, ge=1, le=36_500)
    """After as many days an event of the audit log is deleted."""
    finished_session_days: int = Field(default=1, ge=0, le=36_500)
    """Days for which a session is kept after its end, and its used refresh tokens."""
    failures: int = Field(default=10, ge=1)
    """Failed sign-ins of one name from one address in a quarter of an hour."""
    failures_by_name: int = Field(default=100, ge=1)
    """Failed sign-ins of one name from all addresses in an hour (NIST SP 800-63B-4, 3.2.2: 100 at most)."""


class Settings(ProcessSettings):
    """The settings of a process that Auth reads."""

    auth: AuthSettings = AuthSettings()
    public_url: Annotated[str, AfterValidator(_public_address)] | None = None
    """The public address of the shop, which begins the links in mails.

    `minishop up` takes the address that it listens on.
    """
    token_seconds: int = Field(default=900, ge=60, le=USER_TOKEN_SECONDS)
    """How long a user's access token holds."""

    def with_key_secret(self, secret: SecretStr) -> Self:
        """The same settings with this secret of the signing keys."""
        return self.model_copy(update={"auth": self.auth.model_copy(update={"key_secret": secret})})

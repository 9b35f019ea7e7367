"""The secrets of a shop in one process, created in a file of its data folder."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from ..kit.documents import CLIENTS
from ..kit.settings import ServiceSettings
from ..services.settings import Settings

FILE = "auth.key"


def with_secrets(settings: Settings) -> Settings:
    """The settings with the secrets that are not set: that of the signing keys, and those of services."""
    key_secret = settings.auth.key_secret or SecretStr(_kept(settings.data_dir / FILE))
    found: dict[str, ServiceSettings] = {}
    for name in CLIENTS:
        if settings.service(name).client_secret is None:
            # Made of the other, as it has to be the same at the next start.
            made = hmac.digest(key_secret.get_secret_value().encode(), f"client {name}".encode(), hashlib.sha256)
            found[name] = settings.service(name).model_copy(update={"client_secret": SecretStr(made.hex())})
    return settings.with_key_secret(key_secret).model_copy(update=found)


def _kept(path: Path) -> str:
    """The secret in this file, which is made where there is none, for its owner alone to read."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")  # a start that is cut short leaves no half of a secret
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(32))
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise OSError(error.errno, error.strerror, str(path)) from error  # a full disk does not say which file
        fresh.replace(path)
    return path.read_text()

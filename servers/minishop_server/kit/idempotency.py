"""Requests that may be repeated: their keys, and how a repetition is told from another request with its key."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from .problems import FieldError, Unprocessable

KEY_HEADER = "Idempotency-Key"


class KeyReused(Unprocessable):
    """The key belongs to another request."""

    code, title = "idempotency_key_reused", "The Idempotency-Key belongs to another request"


def bare_key(key: str) -> str:
    """An `Idempotency-Key` without the quotes that a structured header has around it (RFC 8941, section 3.3.3)."""
    return key[1:-1] if len(key) > 2 and key[0] == key[-1] == '"' else key


def digest(*values: Any) -> str:
    """Identifies a request without storing its content."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def require_same(kept: str, request: str, kind: str) -> None:
    """Take a repetition only for the request that the key came with first, by their digests.

    Args:
        kept: the stored digest, or an empty text if it was deleted because of its age: then any request is taken.
        kind: the name of the thing that the request makes: `refund`.

    Raises:
        KeyReused: it is another request.
    """
    if kept and kept != request:
        error = FieldError("header", f"/{KEY_HEADER}", "reused", f"is that of another {kind}")
        raise KeyReused(f"Take a new key for a new {kind}.", errors=[error])


def replay_header(replayed: bool) -> dict[str, str]:
    """The header of an answer that an earlier request with the key got already."""
    return {"Idempotent-Replayed": "true"} if replayed else {}

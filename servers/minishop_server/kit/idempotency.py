"""Keys of requests, and the digests that tell a repeated request from another one with its key."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def bare_key(key: str) -> str:
    """An `Idempotency-Key` without the quotes that a structured header has around it (RFC 8941, section 3.3.3)."""
    return key[1:-1] if len(key) > 2 and key[0] == key[-1] == '"' else key


def digest(*values: Any) -> str:
    """Identifies a request without storing its content."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()

"""Signatures of webhooks, as Stripe makes them (https://docs.stripe.com/webhooks#verify-manually).

The header is `t=TIME,v1=SIGNATURE`: Unix seconds, and the HMAC-SHA256 of time, full stop and body. While a secret is
being replaced there are several `v1`; one that holds is enough.
"""

from __future__ import annotations

import hashlib
import hmac
import re

TOLERANCE = 300
"""Seconds that the time of a signature may be off: a recorded request is worth nothing later."""
_TIME = re.compile(r"[0-9]{1,12}")


def signature(secret: str, body: bytes, seconds: int) -> str:
    """The header of a body that is sent now."""
    return f"t={seconds},v1={_digest(secret, body, str(seconds))}"


def is_signed(secret: str, body: bytes, header: str, seconds: float) -> bool:
    """Whether the header is that of the body and not older, or newer, than `TOLERANCE`."""
    fields = [(name, value) for name, _, value in (part.partition("=") for part in header.split(","))]
    time = next((value for name, value in fields if name == "t"), "")
    if not _TIME.fullmatch(time) or abs(seconds - int(time)) > TOLERANCE:
        return False
    expected = _digest(secret, body, time).encode()
    return any(hmac.compare_digest(expected, value.encode()) for name, value in fields if name == "v1")


def _digest(secret: str, body: bytes, time: str) -> str:
    return hmac.new(secret.encode(), time.encode() + b"." + body, hashlib.sha256).hexdigest()

"""The security headers of all answers, as the OWASP REST Security Cheat Sheet asks for them.

`Cache-Control` is left to each operation.
"""

from __future__ import annotations

from collections.abc import Sequence

Headers = Sequence[tuple[bytes, bytes]]

COMMON: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
OF_SERVICES: Headers = (
    *COMMON,
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
"""An answer of a service is data, and no browser is to treat it as anything else."""
OF_PAGES: Headers = (
    *COMMON,
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
"""A page loads the files of this address and no inline script, calls this address, and is in no frame. Swagger UI draws
icons from `data:`."""

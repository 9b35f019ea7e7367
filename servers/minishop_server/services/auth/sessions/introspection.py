"""The claims of a token, if Auth signed it and it has not expired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import jwt

from ....kit.tokens import ALGORITHM, ISSUER, TOKEN_TYPE, UNTIMED, check_times

CLAIMS = ("sub", "username", "role", "exp", "iat", "iss", "aud", "jti")


def claims_of(token: str, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The claims of an access token; None for anything else.

    The audience (`aud`) is returned and not checked: the calling service knows its own name (RFC 7662, section 4).
    """
    try:
        header = jwt.get_unverified_header(token)
        key = next((key for key in keys if key["kid"] == header.get("kid")), None)
        if key is None or header.get("alg") != ALGORITHM or header.get("typ") != TOKEN_TYPE:
            return None
        options: Any = {"require": CLAIMS, "verify_aud": False, **UNTIMED}
        claims = jwt.decode(token, jwt.PyJWK(dict(key)), algorithms=[ALGORITHM], issuer=ISSUER, options=options)
        check_times(claims)
        return claims
    except (jwt.PyJWTError, ValueError):
        return None

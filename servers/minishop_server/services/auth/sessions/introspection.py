"""The claims of a token, if Auth signed it and it has not expired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict, cast

import jwt
from jwt.types import Options

from ....kit.ids import SessionId
from ....kit.tokens import ALGORITHM, ISSUER, REQUIRED, TOKEN_TYPE, UNTIMED, check_times
from ..rows import Role
from ..signing_keys.domain import Jwk

OPTIONS: Options = {"require": REQUIRED, "verify_aud": False, **UNTIMED}


class Claims(TypedDict):
    """The claims of an access token (RFC 9068), with times in seconds since 1970."""

    sub: str
    username: str
    role: Role | Literal["service"]
    exp: int
    iat: int
    iss: str
    aud: str | list[str]
    jti: str
    scope: NotRequired[str]
    client_id: NotRequired[str]
    sid: NotRequired[SessionId]


def claims_of(token: str, keys: Sequence[Jwk]) -> Claims | None:
    """The claims of an access token; None for anything else.

    The audience (`aud`) is returned and not checked: the calling service knows its own name (RFC 7662, section 4).
    """
    try:
        header: Mapping[str, object] = jwt.get_unverified_header(token)
        key = next((key for key in keys if key["kid"] == header.get("kid")), None)
        if key is None or header.get("alg") != ALGORITHM or header.get("typ") != TOKEN_TYPE:
            return None
        jwk = dict(key)
        claims = cast(Claims, jwt.decode(token, jwt.PyJWK(jwk), algorithms=[ALGORITHM], issuer=ISSUER, options=OPTIONS))
        check_times(claims)
        return claims
    except (jwt.PyJWTError, ValueError):
        return None

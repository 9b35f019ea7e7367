# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /auth/token"""

from typing import Any

import httpx

from .....runtime import read_json
from ...models.token import Token
from ...models.token_request import TokenRequest


def request(
    *,
    body: TokenRequest,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/auth/token",
        "auth": None,
    }
    _kwargs["data"] = body.to_dict()

    headers["Content-Type"] = "application/x-www-form-urlencoded"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Token:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Token.from_dict(read_json(response))

    return response_200

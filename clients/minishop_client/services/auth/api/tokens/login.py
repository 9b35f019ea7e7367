# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /auth/login"""

from typing import Any

import httpx

from .....runtime import read_json
from ...models.login import Login
from ...models.token import Token


def request(
    *,
    body: Login,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/auth/login",
        "auth": None,
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Token:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Token.from_dict(read_json(response))

    return response_200

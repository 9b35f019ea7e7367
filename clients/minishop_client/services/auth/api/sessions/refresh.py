# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /auth/refresh"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
from ...models.refresh import Refresh
from ...models.token import Token


def request(
    *,
    body: Refresh,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/auth/refresh",
        "auth": None,
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Token:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Token.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

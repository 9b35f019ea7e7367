# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /auth/.well-known/jwks.json"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
from ...models.jwk_set import JwkSet


def request() -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/auth/.well-known/jwks.json",
        "auth": None,
    }
    return _kwargs


def parse(response: httpx.Response) -> JwkSet:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = JwkSet.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

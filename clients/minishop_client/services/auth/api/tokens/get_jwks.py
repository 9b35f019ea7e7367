# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /auth/.well-known/jwks.json"""

from typing import Any

import httpx

from .....runtime import read_json
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
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = JwkSet.from_dict(read_json(response))

    return response_200

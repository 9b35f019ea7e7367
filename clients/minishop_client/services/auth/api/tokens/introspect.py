# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /auth/introspect"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
from ...models.introspection import Introspection
from ...models.introspection_request import IntrospectionRequest


def request(
    *,
    body: IntrospectionRequest,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/auth/introspect",
    }
    _kwargs["data"] = body.to_dict()

    headers["Content-Type"] = "application/x-www-form-urlencoded"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Introspection:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Introspection.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

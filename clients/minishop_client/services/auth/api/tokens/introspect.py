# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /auth/introspect"""

from typing import Any

import httpx

from .....runtime import read_json
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
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Introspection.from_dict(read_json(response))

    return response_200

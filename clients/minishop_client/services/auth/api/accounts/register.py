# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /auth/register"""

from typing import Any

import httpx

from .....runtime import read_json
from ...models.registration import Registration
from ...models.user import User


def request(
    *,
    body: Registration,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/auth/register",
        "auth": None,
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> User:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_201 = User.from_dict(read_json(response))

    return response_201

# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /auth/register"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
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
    """The body of a success."""
    if response.status_code == 201:
        response_201 = User.from_dict(response.json())

        return response_201

    raise UnexpectedAnswer(response)

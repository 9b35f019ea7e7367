# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /auth/me"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
from ...models.user import User


def request() -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/auth/me",
    }
    return _kwargs


def parse(response: httpx.Response) -> User:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = User.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /auth/users/{user_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
from ...models.user import User


def request(
    user_id: int,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/auth/users/{user_id}".format(
            user_id=quote(str(user_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> User:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = User.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

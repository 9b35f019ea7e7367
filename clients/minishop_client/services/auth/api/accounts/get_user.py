# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /auth/users/{user_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
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
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = User.from_dict(read_json(response))

    return response_200

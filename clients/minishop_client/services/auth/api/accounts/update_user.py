# Generated from openapi/ by scripts/generate.py: do not edit.
"""PATCH /auth/users/{user_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.user import User
from ...models.user_edit import UserEdit


def request(
    user_id: int,
    *,
    body: UserEdit,
    if_match: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "PATCH",
        "url": "/auth/users/{user_id}".format(
            user_id=quote(str(user_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> User:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = User.from_dict(read_json(response))

    return response_200

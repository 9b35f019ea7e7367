# Generated from openapi/ by scripts/generate.py: do not edit.
"""PATCH /auth/me"""

from typing import Any

import httpx

from .....runtime import read_json
from ...models.account_edit import AccountEdit
from ...models.user import User


def request(
    *,
    body: AccountEdit,
    if_match: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "PATCH",
        "url": "/auth/me",
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> User:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = User.from_dict(read_json(response))

    return response_200

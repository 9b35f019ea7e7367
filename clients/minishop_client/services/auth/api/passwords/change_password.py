# Generated from openapi/ by scripts/generate.py: do not edit.
"""PUT /auth/me/password"""

from typing import Any

import httpx

from ...models.password_change import PasswordChange


def request(
    *,
    body: PasswordChange,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "PUT",
        "url": "/auth/me/password",
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> None:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    return None

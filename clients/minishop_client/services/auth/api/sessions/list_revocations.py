# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /auth/revocations"""

from typing import Any

import httpx

from .....runtime import read_json
from ...models.revocation import Revocation
from ...types import UNSET, Unset


def request(
    *,
    limit: int | Unset = 20,
    cursor: str | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/auth/revocations",
        "params": params,
        "auth": None,
    }
    return _kwargs


def parse(response: httpx.Response) -> list[Revocation]:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = []
    _response_200 = read_json(response)
    for response_200_item_data in _response_200:
        response_200_item = Revocation.from_dict(response_200_item_data)

        response_200.append(response_200_item)

    return response_200

# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /catalog/numbers"""

from typing import Any

import httpx

from .....runtime import read_json
from ...models.known_numbers import KnownNumbers
from ...models.numbers_seen import NumbersSeen


def request(
    *,
    body: KnownNumbers,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/catalog/numbers",
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> NumbersSeen:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = NumbersSeen.from_dict(read_json(response))

    return response_200

# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /cart/numbers"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
from ...models.numbers_seen import NumbersSeen


def request() -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/cart/numbers",
    }
    return _kwargs


def parse(response: httpx.Response) -> NumbersSeen:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = NumbersSeen.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /payments/livez"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
from ...models.health import Health


def request() -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/payments/livez",
        "auth": None,
    }
    return _kwargs


def parse(response: httpx.Response) -> Health:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Health.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

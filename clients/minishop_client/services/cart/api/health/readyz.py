# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /cart/readyz"""

from typing import Any

import httpx

from .....runtime import read_json
from ...models.health import Health


def request() -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/cart/readyz",
        "auth": None,
    }
    return _kwargs


def parse(response: httpx.Response) -> Health:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Health.from_dict(read_json(response))

    return response_200

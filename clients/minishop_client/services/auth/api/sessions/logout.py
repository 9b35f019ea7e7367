# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /auth/logout"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer


def request() -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/auth/logout",
    }
    return _kwargs


def parse(response: httpx.Response) -> None:
    """The body of a success."""
    if response.status_code == 204:
        return None

    raise UnexpectedAnswer(response)

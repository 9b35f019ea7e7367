# Generated from openapi/ by scripts/generate.py: do not edit.
"""DELETE /auth/sessions"""

from typing import Any

import httpx


def request() -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "DELETE",
        "url": "/auth/sessions",
    }
    return _kwargs


def parse(response: httpx.Response) -> None:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    return None

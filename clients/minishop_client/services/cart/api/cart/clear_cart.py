# Generated from openapi/ by scripts/generate.py: do not edit.
"""DELETE /cart"""

from typing import Any

import httpx

from ...types import UNSET, Unset


def request(
    *,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "DELETE",
        "url": "/cart",
    }
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> None:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    return None

# Generated from openapi/ by scripts/generate.py: do not edit.
"""DELETE /cart/users/{user_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
from ...types import UNSET


def request(
    user_id: int,
    *,
    version: int,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    params: dict[str, Any] = {}

    params["version"] = version

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "DELETE",
        "url": "/cart/users/{user_id}".format(
            user_id=quote(str(user_id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def parse(response: httpx.Response) -> None:
    """The body of a success."""
    if response.status_code == 204:
        return None

    raise UnexpectedAnswer(response)

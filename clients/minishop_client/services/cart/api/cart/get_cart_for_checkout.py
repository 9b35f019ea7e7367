# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /cart/users/{user_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
from ...models.shown_cart import ShownCart


def request(
    user_id: int,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/cart/users/{user_id}".format(
            user_id=quote(str(user_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> ShownCart:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = ShownCart.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /orders/{order_id}/cancel"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
from ...models.order import Order


def request(
    order_id: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/orders/{order_id}/cancel".format(
            order_id=quote(str(order_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> Order:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Order.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

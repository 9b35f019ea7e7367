# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /orders/{order_id}/returns/accept"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.order import Order


def request(
    order_id: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/orders/{order_id}/returns/accept".format(
            order_id=quote(str(order_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> Order:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Order.from_dict(read_json(response))

    return response_200

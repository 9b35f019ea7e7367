# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /orders/{order_id}/returns"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.order import Order
from ...models.return_request import ReturnRequest


def request(
    order_id: str,
    *,
    body: ReturnRequest,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/orders/{order_id}/returns".format(
            order_id=quote(str(order_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Order:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Order.from_dict(read_json(response))

    return response_200

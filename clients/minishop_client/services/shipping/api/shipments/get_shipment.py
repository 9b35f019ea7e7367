# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /shipping/{order_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
from ...models.shipment import Shipment


def request(
    order_id: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/shipping/{order_id}".format(
            order_id=quote(str(order_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> Shipment:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Shipment.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

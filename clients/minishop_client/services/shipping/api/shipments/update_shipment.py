# Generated from openapi/ by scripts/generate.py: do not edit.
"""PATCH /shipping/{order_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.shipment import Shipment
from ...models.shipment_edit import ShipmentEdit


def request(
    order_id: str,
    *,
    body: ShipmentEdit,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "PATCH",
        "url": "/shipping/{order_id}".format(
            order_id=quote(str(order_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Shipment:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Shipment.from_dict(read_json(response))

    return response_200

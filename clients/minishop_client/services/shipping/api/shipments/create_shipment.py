# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /shipping/create"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
from ...models.shipment import Shipment
from ...models.shipment_input import ShipmentInput


def request(
    *,
    body: ShipmentInput,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/shipping/create",
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Shipment:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Shipment.from_dict(response.json())

        return response_200

    if response.status_code == 201:
        response_201 = Shipment.from_dict(response.json())

        return response_201

    raise UnexpectedAnswer(response)

# Generated from openapi/ by scripts/generate.py: do not edit.
"""PUT /catalog/reservations/{order_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.reservation import Reservation
from ...models.reservation_input import ReservationInput


def request(
    order_id: str,
    *,
    body: ReservationInput,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "PUT",
        "url": "/catalog/reservations/{order_id}".format(
            order_id=quote(str(order_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Reservation:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Reservation.from_dict(read_json(response))

    return response_200

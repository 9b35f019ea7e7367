# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /catalog/reservations/{order_id}/commit"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
from ...models.reservation import Reservation


def request(
    order_id: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/catalog/reservations/{order_id}/commit".format(
            order_id=quote(str(order_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> Reservation:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Reservation.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /catalog/reservations/{order_id}/commit"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.reservation import Reservation
from ...types import UNSET, Unset


def request(
    order_id: str,
    *,
    order_identity: str | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    params: dict[str, Any] = {}

    params["order_identity"] = order_identity

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/catalog/reservations/{order_id}/commit".format(
            order_id=quote(str(order_id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def parse(response: httpx.Response) -> Reservation:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Reservation.from_dict(read_json(response))

    return response_200

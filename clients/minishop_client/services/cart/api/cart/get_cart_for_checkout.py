# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /cart/users/{user_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.shown_cart import ShownCart
from ...types import UNSET, Unset


def request(
    user_id: int,
    *,
    orders: list[str] | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    params: dict[str, Any] = {}

    json_orders: list[str] | Unset = UNSET
    if not isinstance(orders, Unset):
        json_orders = orders

    params["orders"] = json_orders

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    if "orders" in params:
        params["orders"] = ",".join(map(str, params["orders"]))

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/cart/users/{user_id}".format(
            user_id=quote(str(user_id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def parse(response: httpx.Response) -> ShownCart:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = ShownCart.from_dict(read_json(response))

    return response_200

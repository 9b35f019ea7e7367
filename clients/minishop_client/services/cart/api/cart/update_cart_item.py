# Generated from openapi/ by scripts/generate.py: do not edit.
"""PATCH /cart/items/{product_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.cart import Cart
from ...models.cart_item_edit import CartItemEdit


def request(
    product_id: int,
    *,
    body: CartItemEdit,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "PATCH",
        "url": "/cart/items/{product_id}".format(
            product_id=quote(str(product_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Cart:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Cart.from_dict(read_json(response))

    return response_200

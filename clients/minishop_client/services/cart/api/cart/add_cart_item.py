# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /cart/items"""

from typing import Any

import httpx

from .....runtime import read_json
from ...models.cart import Cart
from ...models.cart_item_input import CartItemInput


def request(
    *,
    body: CartItemInput,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/cart/items",
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Cart:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_201 = Cart.from_dict(read_json(response))

    return response_201

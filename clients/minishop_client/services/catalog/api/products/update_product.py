# Generated from openapi/ by scripts/generate.py: do not edit.
"""PATCH /catalog/products/{product_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
from ...models.product import Product
from ...models.product_edit import ProductEdit


def request(
    product_id: int,
    *,
    body: ProductEdit,
    if_match: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "PATCH",
        "url": "/catalog/products/{product_id}".format(
            product_id=quote(str(product_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Product:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Product.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

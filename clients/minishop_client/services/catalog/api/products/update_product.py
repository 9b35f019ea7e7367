# Generated from openapi/ by scripts/generate.py: do not edit.
"""PATCH /catalog/products/{product_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
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
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Product.from_dict(read_json(response))

    return response_200

# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /catalog/products/{product_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.product import Product


def request(
    product_id: int,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/catalog/products/{product_id}".format(
            product_id=quote(str(product_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> Product:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Product.from_dict(read_json(response))

    return response_200

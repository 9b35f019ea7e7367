# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /catalog/products/{product_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
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
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Product.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

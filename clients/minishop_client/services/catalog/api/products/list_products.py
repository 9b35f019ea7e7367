# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /catalog/products"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
from ...models.product import Product
from ...models.product_sort import ProductSort
from ...types import UNSET, Unset


def request(
    *,
    limit: int | Unset = 20,
    cursor: str | Unset = UNSET,
    q: str | Unset = UNSET,
    min_price: float | Unset = UNSET,
    max_price: float | Unset = UNSET,
    in_stock: bool | Unset = UNSET,
    ids: list[int] | Unset = UNSET,
    sort: ProductSort | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["q"] = q

    params["min_price"] = min_price

    params["max_price"] = max_price

    params["in_stock"] = in_stock

    json_ids: list[int] | Unset = UNSET
    if not isinstance(ids, Unset):
        json_ids = ids

    params["ids"] = json_ids

    json_sort: str | Unset = UNSET
    if not isinstance(sort, Unset):
        json_sort = sort

    params["sort"] = json_sort

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    if "ids" in params:
        params["ids"] = ",".join(map(str, params["ids"]))

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/catalog/products",
        "params": params,
    }
    return _kwargs


def parse(response: httpx.Response) -> list[Product]:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = Product.from_dict(response_200_item_data)

            response_200.append(response_200_item)

        return response_200

    raise UnexpectedAnswer(response)

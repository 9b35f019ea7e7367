# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /catalog/products"""

from decimal import Decimal
from typing import Any

import httpx

from .....runtime import read_json
from ...models.product import Product
from ...models.product_sort import ProductSort
from ...types import UNSET, Unset, number


def request(
    *,
    limit: int | Unset = 20,
    cursor: str | Unset = UNSET,
    q: str | Unset = UNSET,
    min_price: Decimal | float | Unset = UNSET,
    max_price: Decimal | float | Unset = UNSET,
    in_stock: bool | Unset = UNSET,
    ids: list[int] | Unset = UNSET,
    sort: ProductSort | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["q"] = q

    json_min_price = number(min_price)

    params["min_price"] = json_min_price

    json_max_price = number(max_price)

    params["max_price"] = json_max_price

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
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = []
    _response_200 = read_json(response)
    for response_200_item_data in _response_200:
        response_200_item = Product.from_dict(response_200_item_data)

        response_200.append(response_200_item)

    return response_200

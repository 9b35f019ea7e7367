# Generated from openapi/ by scripts/generate.py: do not edit.
"""DELETE /catalog/products/{product_id}"""

from typing import Any
from urllib.parse import quote

import httpx


def request(
    product_id: int,
    *,
    if_match: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "DELETE",
        "url": "/catalog/products/{product_id}".format(
            product_id=quote(str(product_id), safe=""),
        ),
    }
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> None:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    return None

# Generated from openapi/ by scripts/generate.py: do not edit.
"""PUT /cart/users/{user_id}/orders/{order_identity}"""

from typing import Any
from urllib.parse import quote

import httpx

from ...models.bought_pieces import BoughtPieces


def request(
    user_id: int,
    order_identity: str,
    *,
    body: BoughtPieces,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "PUT",
        "url": "/cart/users/{user_id}/orders/{order_identity}".format(
            user_id=quote(str(user_id), safe=""),
            order_identity=quote(str(order_identity), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> None:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    return None

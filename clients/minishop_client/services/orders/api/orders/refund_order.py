# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /orders/{order_id}/refunds"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import new_idempotency_key, read_json
from ...models.order_refund import OrderRefund
from ...models.refund_request import RefundRequest
from ...types import UNSET, Unset


def request(
    order_id: str,
    *,
    body: RefundRequest,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    headers.setdefault("Idempotency-Key", new_idempotency_key())

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/orders/{order_id}/refunds".format(
            order_id=quote(str(order_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> OrderRefund:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_201 = OrderRefund.from_dict(read_json(response))

    return response_201

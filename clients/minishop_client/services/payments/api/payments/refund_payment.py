# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /payments/{payment_id}/refunds"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.refund import Refund
from ...models.refund_input import RefundInput


def request(
    payment_id: str,
    *,
    body: RefundInput,
    idempotency_key: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/payments/{payment_id}/refunds".format(
            payment_id=quote(str(payment_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> Refund:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_201 = Refund.from_dict(read_json(response))

    return response_201

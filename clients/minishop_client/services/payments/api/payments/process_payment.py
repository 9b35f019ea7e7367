# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /payments/process"""

from typing import Any

import httpx

from .....runtime import read_json
from ...models.payment_input import PaymentInput
from ...models.payment_result import PaymentResult


def request(
    *,
    body: PaymentInput,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/payments/process",
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> PaymentResult:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = PaymentResult.from_dict(read_json(response))

    return response_200

# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /orders/checkout"""

from typing import Any

import httpx

from .....runtime import new_idempotency_key, read_json
from ...models.checkout import Checkout
from ...models.checkout_result import CheckoutResult
from ...types import UNSET, Unset


def request(
    *,
    body: Checkout,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    headers.setdefault("Idempotency-Key", new_idempotency_key())

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/orders/checkout",
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> CheckoutResult:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_201 = CheckoutResult.from_dict(read_json(response))

    return response_201

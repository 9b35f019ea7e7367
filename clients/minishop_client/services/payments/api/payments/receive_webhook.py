# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /payments/webhooks/{provider}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.payment_provider import PaymentProvider
from ...models.webhook_event import WebhookEvent
from ...models.webhook_receipt import WebhookReceipt
from ...types import UNSET, Unset


def request(
    provider: PaymentProvider,
    *,
    body: WebhookEvent,
    stripe_signature: str | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    if not isinstance(stripe_signature, Unset):
        headers["Stripe-Signature"] = stripe_signature

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/payments/webhooks/{provider}".format(
            provider=quote(str(provider), safe=""),
        ),
        "auth": None,
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> WebhookReceipt:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = WebhookReceipt.from_dict(read_json(response))

    return response_200

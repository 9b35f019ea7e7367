# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /payments/{payment_id}/capture"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
from ...models.payment import Payment


def request(
    payment_id: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/payments/{payment_id}/capture".format(
            payment_id=quote(str(payment_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> Payment:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Payment.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

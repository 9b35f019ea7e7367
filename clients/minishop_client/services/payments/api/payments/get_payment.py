# Generated from openapi/ by scripts/generate.py: do not edit.
"""GET /payments/{payment_id}"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.payment import Payment


def request(
    payment_id: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/payments/{payment_id}".format(
            payment_id=quote(str(payment_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> Payment:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Payment.from_dict(read_json(response))

    return response_200

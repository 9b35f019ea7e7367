# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /notifications/send"""

from typing import Any

import httpx

from .....errors import UnexpectedAnswer
from .....runtime import new_idempotency_key
from ...models.notification_input import NotificationInput
from ...models.notification_result import NotificationResult
from ...types import UNSET, Unset


def request(
    *,
    body: NotificationInput,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    headers.setdefault("Idempotency-Key", new_idempotency_key())

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/notifications/send",
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def parse(response: httpx.Response) -> NotificationResult:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = NotificationResult.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /notifications/send"""

from typing import Any

import httpx

from .....runtime import new_idempotency_key, read_json
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
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = NotificationResult.from_dict(read_json(response))

    return response_200

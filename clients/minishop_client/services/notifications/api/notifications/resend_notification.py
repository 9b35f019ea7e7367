# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /notifications/{notification_id}/resend"""

from typing import Any
from urllib.parse import quote

import httpx

from .....errors import UnexpectedAnswer
from ...models.notification import Notification


def request(
    notification_id: int,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/notifications/{notification_id}/resend".format(
            notification_id=quote(str(notification_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> Notification:
    """The body of a success."""
    if response.status_code == 200:
        response_200 = Notification.from_dict(response.json())

        return response_200

    raise UnexpectedAnswer(response)

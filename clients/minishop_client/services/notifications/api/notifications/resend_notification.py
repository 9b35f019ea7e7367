# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /notifications/{notification_id}/resend"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
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
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Notification.from_dict(read_json(response))

    return response_200

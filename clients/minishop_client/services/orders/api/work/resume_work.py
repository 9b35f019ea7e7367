# Generated from openapi/ by scripts/generate.py: do not edit.
"""POST /orders/work/{work_id}/resume"""

from typing import Any
from urllib.parse import quote

import httpx

from .....runtime import read_json
from ...models.work import Work


def request(
    work_id: int,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "POST",
        "url": "/orders/work/{work_id}/resume".format(
            work_id=quote(str(work_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> Work:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    response_200 = Work.from_dict(read_json(response))

    return response_200

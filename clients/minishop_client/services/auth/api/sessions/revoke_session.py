# Generated from openapi/ by scripts/generate.py: do not edit.
"""DELETE /auth/sessions/{session_id}"""

from typing import Any
from urllib.parse import quote

import httpx


def request(
    session_id: str,
) -> dict[str, Any]:
    """The arguments of `httpx.Client.request`."""

    _kwargs: dict[str, Any] = {
        "method": "DELETE",
        "url": "/auth/sessions/{session_id}".format(
            session_id=quote(str(session_id), safe=""),
        ),
    }
    return _kwargs


def parse(response: httpx.Response) -> None:
    """The body of a success: also of one that the document does not name, if the body is this one."""
    return None

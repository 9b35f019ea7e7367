"""The rows of Notifications."""

from __future__ import annotations

from typing import Literal, TypedDict

from ...kit.clock import Timestamp


class NotificationRow(TypedDict):
    """A message without its text."""

    id: int
    recipient: str
    subject: str
    status: Literal["pending", "sent", "failed"]
    idempotency_key: str | None
    request_hash: str
    timestamp: Timestamp
    reason: str | None
    """Why it failed."""


class Message(TypedDict):
    """The content of a message: the row of a failed one, and the payload of a delivery."""

    recipient: str
    subject: str
    body: str

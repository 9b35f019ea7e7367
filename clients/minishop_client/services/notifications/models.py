# Generated from openapi/ by scripts/generate.py: do not edit.
"""The types of notifications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Self

from attrs import field, frozen
from minishop_client.services.shared import Health, HealthStatus
from minishop_client.values import (
    optional,
    required,
)

__all__ = (
    "Health",
    "HealthStatus",
    "Notification",
    "NotificationInput",
    "NotificationResult",
    "NotificationStatus",
)

NotificationStatus = Literal["failed", "pending", "sent"]


@frozen
class NotificationInput:
    """A message."""

    recipient: str = field(repr=False)
    """An e-mail address in the form of RFC 5321, without quotes and comments. The domain is complete,
    and an internationalised one is written as `xn--…`. An account has its address in lower case.
    An encoded word (`=?…?=`, RFC 2047) is refused because it may decode to a line break."""
    subject: str
    """The subject of the message, on one line. `=?` is refused because it begins an encoded word (RFC
    2047), which may decode to a line break."""
    body: str = field(repr=False)
    """Plain text, which may contain line breaks and tabs."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "recipient": self.recipient,
            "subject": self.subject,
            "body": self.body,
        }


@frozen
class NotificationResult:
    """The state of the message, and the time since which it has it."""

    status: NotificationStatus
    """`pending` until the mail server or the mailbox has the message; then `sent`. `failed` if the
    mail server rejected it permanently."""
    timestamp: datetime
    """RFC 3339, in UTC, to the second."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "status": self.status,
            "timestamp": self.timestamp.isoformat(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            status=required(data, "status"),
            timestamp=required(data, "timestamp", datetime.fromisoformat),
        )


@frozen
class Notification:
    """A stored message."""

    id: int
    """The number of a message."""
    recipient: str = field(repr=False)
    """An e-mail address in the form of RFC 5321, without quotes and comments. The domain is complete,
    and an internationalised one is written as `xn--…`. An account has its address in lower case.
    An encoded word (`=?…?=`, RFC 2047) is refused because it may decode to a line break."""
    subject: str
    """The subject of the message, on one line. `=?` is refused because it begins an encoded word (RFC
    2047), which may decode to a line break."""
    status: NotificationStatus
    """`pending` until the mail server or the mailbox has the message; then `sent`. `failed` if the
    mail server rejected it permanently."""
    timestamp: datetime
    """RFC 3339, in UTC, to the second."""
    key: str | None = None
    """The `Idempotency-Key` of the request that created the message, without quotes."""
    reason: str | None = None
    """The reply code of the mail server for a `failed` message (RFC 5321, section 4.2)."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "id": self.id,
            "recipient": self.recipient,
            "subject": self.subject,
            "status": self.status,
            "timestamp": self.timestamp.isoformat(),
        }
        if self.key is not None:
            data["key"] = self.key
        if self.reason is not None:
            data["reason"] = self.reason
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            id=required(data, "id"),
            recipient=required(data, "recipient"),
            subject=required(data, "subject"),
            status=required(data, "status"),
            timestamp=required(data, "timestamp", datetime.fromisoformat),
            key=optional(data, "key"),
            reason=optional(data, "reason"),
        )

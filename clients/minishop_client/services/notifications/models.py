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
    """An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word
    (`=?…?=`, RFC 2047) is refused, as it may decode to a line break."""
    subject: str
    """What the message is about, on one line. `=?` is refused, as it begins an encoded word (RFC
    2047), which may decode to a line break."""
    body: str = field(repr=False)
    """Plain text, lines and tabs included."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "recipient": self.recipient,
            "subject": self.subject,
            "body": self.body,
        }


@frozen
class NotificationResult:
    """The outcome."""

    status: NotificationStatus
    """`sent` once the mail server or the mailbox has it, `failed` once the mail server refused it for
    good; `pending` before."""
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
    """A message on record."""

    id: int
    """The number of a message."""
    recipient: str = field(repr=False)
    """An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word
    (`=?…?=`, RFC 2047) is refused, as it may decode to a line break."""
    subject: str
    """What the message is about, on one line. `=?` is refused, as it begins an encoded word (RFC
    2047), which may decode to a line break."""
    status: NotificationStatus
    """`sent` once the mail server or the mailbox has it, `failed` once the mail server refused it for
    good; `pending` before."""
    timestamp: datetime
    """RFC 3339, in UTC, to the second."""
    key: str | None = None
    """The `Idempotency-Key` that a message came with, without quotes."""
    reason: str | None = None
    """Why a `failed` message was refused; the reply code of the mail server (RFC 5321, section 4.2)."""

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

# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.notification_status import NotificationStatus, check_notification_status
from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="Notification")


@_attrs_define
class Notification:
    """A message on record."""

    id: int
    """ The number of a message. """
    recipient: str = _attrs_field(repr=False)
    """ An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word (`=?…?=`, RFC 2047)
    is refused, as it may decode to a line break. """
    subject: str
    """ What the message is about, on one line. `=?` is refused, as it begins an encoded word (RFC 2047), which may
    decode to a line break. """
    status: NotificationStatus
    """ `sent` once the mail server or the mailbox has it, `failed` once the mail server refused it for good;
    `pending` before. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    key: str | Unset = UNSET
    """ The `Idempotency-Key` that a message came with, without quotes. """
    reason: str | Unset = UNSET
    """ Why a `failed` message was refused; the reply code of the mail server (RFC 5321, section 4.2). """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        recipient = self.recipient

        subject = self.subject

        status: str = self.status

        timestamp = self.timestamp.isoformat()

        key = self.key

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "recipient": recipient,
                "subject": subject,
                "status": status,
                "timestamp": timestamp,
            }
        )
        if key is not UNSET:
            field_dict["key"] = key
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = required(d, "id")

        recipient = required(d, "recipient")

        subject = required(d, "subject")

        status = check_notification_status(required(d, "status"))

        timestamp = datetime.datetime.fromisoformat(required(d, "timestamp"))

        key = optional(d, "key")

        reason = optional(d, "reason")

        notification = cls(
            id=id,
            recipient=recipient,
            subject=subject,
            status=status,
            timestamp=timestamp,
            key=key,
            reason=reason,
        )

        return notification

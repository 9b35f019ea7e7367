# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.notification_status import NotificationStatus, check_notification_status
from ..types import required

T = TypeVar("T", bound="NotificationResult")


@_attrs_define
class NotificationResult:
    """What came of it."""

    status: NotificationStatus
    """ `sent` once the mail server or the mailbox has it, `failed` once the mail server refused it for good;
    `pending` before. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """

    def to_dict(self) -> dict[str, Any]:
        status: str = self.status

        timestamp = self.timestamp.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "status": status,
                "timestamp": timestamp,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        status = check_notification_status(required(d, "status"))

        timestamp = datetime.datetime.fromisoformat(required(d, "timestamp"))

        notification_result = cls(
            status=status,
            timestamp=timestamp,
        )

        return notification_result

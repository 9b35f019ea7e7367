# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

NotificationStatus = Literal["failed", "pending", "sent"]


def check_notification_status(value: str) -> NotificationStatus:
    return cast(NotificationStatus, value)

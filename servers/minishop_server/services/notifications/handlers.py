"""Notifications over HTTP."""

from __future__ import annotations

from typing import Any

from minishop_contracts.models.notifications import NotificationInput

from ...kit.health import livez, readyz
from ...kit.idempotency import replay_header
from ...kit.paging import Page
from ...kit.reply import Reply
from .domain import Notifications
from .rows import NotificationRow

__all__ = ["list_notifications", "livez", "readyz", "resend_notification", "send_notification"]


async def send_notification(
    notifications: Notifications, body: NotificationInput, idempotency_key: str | None = None
) -> Reply:
    """Send a message."""
    row, replayed = await notifications.send(body.recipient, body.subject, body.body, idempotency_key)
    return Reply({"status": row["status"], "timestamp": row["timestamp"]}, headers=replay_header(replayed))


async def list_notifications(
    notifications: Notifications,
    limit: int,
    cursor: str | None = None,
    recipient: str | None = None,
    key_prefix: str | None = None,
    status: str | None = None,
) -> Reply:
    """List messages."""
    filters = {"recipient": recipient, "key_prefix": key_prefix, "status": status}
    page = Page("/notifications", limit, cursor, filters)
    rows = await notifications.notifications(page.fetch, page.after_row, **filters)
    return Reply([_notification(row) for row in rows[:limit]], headers=page.link(rows))


async def resend_notification(notifications: Notifications, notification_id: int) -> dict[str, Any]:
    """Send a failed message again."""
    return _notification(await notifications.resend(notification_id))


def _notification(row: NotificationRow) -> dict[str, Any]:
    shown = {name: row[name] for name in ("id", "recipient", "subject", "status", "timestamp")}
    optional = {"key": row["idempotency_key"], "reason": row["reason"]}
    return shown | {name: value for name, value in optional.items() if value is not None}

"""Notifications over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minishop_contracts.answers import notifications as answers
from minishop_contracts.models import notifications as models
from minishop_contracts.reply import Reply

from ...kit.health import livez as livez
from ...kit.health import readyz as readyz
from ...kit.idempotency import replay_header
from ...kit.paging import Page
from ...kit.tokens import Caller
from .domain import Notifications
from .rows import NotificationRow

if TYPE_CHECKING:
    from minishop_contracts.interfaces.notifications import Handlers

    from . import handlers

    _: Handlers[Notifications, Caller] = handlers


async def send_notification(
    notifications: Notifications, caller: Caller, body: models.NotificationInput, idempotency_key: str | None = None
) -> Reply[answers.NotificationResult]:
    """Send a message."""
    row, replayed = await notifications.send(body.recipient, body.subject, body.body, idempotency_key)
    return Reply({"status": row["status"], "timestamp": row["timestamp"]}, headers=replay_header(replayed))


async def list_notifications(
    notifications: Notifications,
    caller: Caller,
    limit: int,
    cursor: str | None = None,
    recipient: str | None = None,
    key_prefix: str | None = None,
    status: str | None = None,
) -> Reply[list[answers.Notification]]:
    """List messages."""
    filters = {"recipient": recipient, "key_prefix": key_prefix, "status": status}
    page = Page("/notifications", limit, cursor, filters)
    rows = await notifications.notifications(page.fetch, page.after_row, **filters)
    return Reply([_notification(row) for row in rows[:limit]], headers=page.link(rows))


async def resend_notification(
    notifications: Notifications, caller: Caller, notification_id: int
) -> answers.Notification:
    """Send a failed message again."""
    return _notification(await notifications.resend(notification_id))


def _notification(row: NotificationRow) -> answers.Notification:
    answer: answers.Notification = {
        "id": row["id"],
        "recipient": row["recipient"],
        "subject": row["subject"],
        "status": row["status"],
        "timestamp": row["timestamp"],
    }
    if row["idempotency_key"] is not None:
        answer["key"] = row["idempotency_key"]
    if row["reason"] is not None:
        answer["reason"] = row["reason"]
    return answer

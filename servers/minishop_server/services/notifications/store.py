"""All the SQL of Notifications."""

from __future__ import annotations

from ...kit.clock import Timestamp, now
from ...kit.database import Connection, Database, Listing, columns, empty_in_parts
from .rows import Message, NotificationRow

NOTIFICATION, MESSAGE = columns(NotificationRow), columns(Message)
BEHIND_ANY_KEY = "\x7f"
"""Sorts after every continuation of a key."""


class Store:
    """Messages, without their text but for those that failed."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open(
        self, connection: Connection, recipient: str, subject: str, key: str | None, request_hash: str
    ) -> tuple[NotificationRow, bool]:
        """The message of this key, and whether this call created it.

        Without a key, each call creates a message.
        """
        new = await connection.fetchrow(
            NotificationRow,
            f"""
            INSERT INTO notifications (recipient, subject, status, idempotency_key, request_hash, timestamp)
            VALUES ($1, $2, 'pending', $3, $4, $5)
            ON CONFLICT (idempotency_key) DO NOTHING
            RETURNING {NOTIFICATION}
            """,
            recipient,
            subject,
            key,
            request_hash,
            now(),
        )
        row = new or await connection.fetchrow(
            NotificationRow, f"SELECT {NOTIFICATION} FROM notifications WHERE idempotency_key = $1", key
        )
        assert row is not None
        return row, new is not None

    async def notification(self, notification: int) -> NotificationRow | None:
        sql = f"SELECT {NOTIFICATION} FROM notifications WHERE id = $1"
        return await self.database.fetchrow(NotificationRow, sql, notification)

    async def sent(self, connection: Connection, notification: int) -> NotificationRow | None:
        """Record that the message is out, and return it, or None if it is not pending any more."""
        return await connection.fetchrow(
            NotificationRow,
            f"""
            UPDATE notifications
            SET status = 'sent', timestamp = $2
            WHERE id = $1 AND status = 'pending'
            RETURNING {NOTIFICATION}
            """,
            notification,
            now(),
        )

    async def failed(self, connection: Connection, notification: int, reason: str, body: str) -> NotificationRow | None:
        """Record that the mail server rejected the pending message permanently, and keep its text.

        Returns None if the message is not pending any more.
        """
        return await connection.fetchrow(
            NotificationRow,
            f"""
            UPDATE notifications
            SET status = 'failed', reason = $2, body = $3, timestamp = $4
            WHERE id = $1 AND status = 'pending'
            RETURNING {NOTIFICATION}
            """,
            notification,
            reason,
            body,
            now(),
        )

    async def retry(self, connection: Connection, notification: int) -> Message | None:
        """Make a failed message pending again and return its text, or None if it has not failed or has no text."""
        found = await connection.fetchrow(
            Message, f"SELECT {MESSAGE} FROM notifications WHERE id = $1 AND body IS NOT NULL", notification
        )
        changed = await connection.execute(
            """
            UPDATE notifications
            SET status = 'pending', reason = NULL, body = NULL, timestamp = $2
            WHERE id = $1 AND body IS NOT NULL
            """,
            notification,
            now(),
        )
        return found if changed else None

    async def is_without_text(self, notification: int) -> bool:
        """Whether the message failed so long ago that its text is deleted."""
        sql = "SELECT 1 FROM notifications WHERE id = $1 AND status = 'failed' AND body IS NULL"
        return await self.database.fetchval(int, sql, notification) is not None

    async def forget_texts(self, before: Timestamp) -> None:
        """Delete the texts and digests of messages that were sent or failed before this time, and keep the messages."""
        where = "WHERE request_hash <> '' AND timestamp < $1 AND status <> 'pending'"
        await empty_in_parts(self.database, "notifications", "body = NULL, request_hash = ''", where, before)

    async def notifications(
        self,
        limit: int,
        before: int | None,
        recipient: str | None = None,
        key_prefix: str | None = None,
        status: str | None = None,
    ) -> list[NotificationRow]:
        """The newest first."""
        listing = Listing("notifications", NotificationRow, descending=True, after=None if before is None else [before])
        listing.where("recipient = {}", recipient)
        listing.of_kind("status", status)
        if key_prefix is not None:
            listing.within("idempotency_key", ">=", key_prefix)
            listing.within("idempotency_key", "<", key_prefix + BEHIND_ANY_KEY)
        return await listing.page(self.database, NotificationRow, limit)

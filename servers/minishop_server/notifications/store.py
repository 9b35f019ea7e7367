"""All the SQL of Notifications."""

from __future__ import annotations

from ..kit.database import Database, Row
from ..kit.values import now

NOTIFICATION = "id, recipient, subject, status, request_hash, timestamp"


class Store:
    """Messages, without their text."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open(self, recipient: str, subject: str, key: str | None, request_hash: str) -> tuple[Row, bool]:
        """The message of this key, and whether this call made it; without a key it always does."""
        new = await self.database.returning(
            "INSERT INTO notifications"
            " (recipient, subject, status, idempotency_key, request_hash, timestamp)"
            " VALUES ($1, $2, 'pending', $3, $4, $5)"
            f" ON CONFLICT (idempotency_key) DO NOTHING RETURNING {NOTIFICATION}",
            recipient,
            subject,
            key,
            request_hash,
            now(),
        )
        row = new or await self.database.fetchrow(
            f"SELECT {NOTIFICATION} FROM notifications WHERE idempotency_key = $1", key
        )
        assert row is not None
        return row, new is not None

    async def sent(self, notification: int) -> Row:
        """Record that the message is out; the first time stands."""
        sent = await self.database.returning(
            "UPDATE notifications SET status = 'sent', timestamp = $2 WHERE id = $1 AND status = 'pending'"
            f" RETURNING {NOTIFICATION}",
            notification,
            now(),
        )
        row = sent or await self.database.fetchrow(
            f"SELECT {NOTIFICATION} FROM notifications WHERE id = $1", notification
        )
        assert row is not None
        return row

    async def notifications(self, limit: int, before: int | None, recipient: str | None) -> list[Row]:
        """The newest first."""
        return await self.database.fetch(
            f"SELECT {NOTIFICATION} FROM notifications"
            " WHERE (CAST($1 AS INTEGER) IS NULL OR id < $1)"
            " AND (CAST($2 AS TEXT) IS NULL OR recipient = $2)"
            " ORDER BY id DESC LIMIT $3",
            before,
            recipient,
            limit,
        )

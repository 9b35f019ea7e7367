"""Messages, without their text."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0001", None


def upgrade() -> None:
    run(
        """
        CREATE TABLE notifications (
            id INTEGER PRIMARY KEY,
            recipient TEXT NOT NULL,
            subject TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'sent')),
            idempotency_key TEXT UNIQUE,
            request_hash TEXT NOT NULL,
            timestamp TEXT NOT NULL
        )
        """,
    )
    identity("notifications")

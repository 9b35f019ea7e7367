"""Messages that the mail server refused for good, with their text until they are sent after all."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, in_byte_order, run, set_aside

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    set_aside("notifications")
    run(
        """
        CREATE TABLE notifications (
            id INTEGER PRIMARY KEY,
            recipient TEXT NOT NULL,
            subject TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'failed')),
            idempotency_key TEXT UNIQUE,
            request_hash TEXT NOT NULL,
            timestamp TEXT NOT NULL,
            -- Of a failed message: why, and the text that it is sent again with.
            reason TEXT,
            body TEXT,
            CHECK ((status = 'failed') = (reason IS NOT NULL)),
            CHECK ((status = 'failed') = (body IS NOT NULL))
        )
        """,
        """
        INSERT INTO notifications (id, recipient, subject, status, idempotency_key, request_hash, timestamp)
        SELECT id, recipient, subject, status, idempotency_key, request_hash, timestamp FROM old_notifications
        """,
        "CREATE INDEX notifications_of_recipient ON notifications (recipient, id)",
        "CREATE INDEX notifications_of_status ON notifications (status, id)",
    )
    identity("notifications")
    in_byte_order("notifications", "idempotency_key")

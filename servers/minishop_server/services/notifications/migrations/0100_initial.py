"""Messages, and the mails that are still to be sent."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, in_byte_order, run

revision, down_revision = "0100", None


def upgrade() -> None:
    run(
        """
        CREATE TABLE notifications (
            id INTEGER PRIMARY KEY,
            recipient TEXT NOT NULL,
            subject TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'failed')),
            idempotency_key TEXT UNIQUE,
            -- Empty once the message is old: its text must not be guessed by it.
            request_hash TEXT NOT NULL,
            timestamp TEXT NOT NULL,
            -- Of a failed message: why, and the text that it is sent again with, which is deleted after some months.
            reason TEXT,
            body TEXT,
            CHECK ((status = 'failed') = (reason IS NOT NULL)),
            CHECK (status = 'failed' OR body IS NULL)
        )
        """,
        "CREATE INDEX notifications_with_digest ON notifications (timestamp) WHERE request_hash <> ''",
        "CREATE INDEX notifications_of_recipient ON notifications (recipient, id)",
        "CREATE INDEX notifications_of_status ON notifications (status, id)",
        "CREATE INDEX notifications_of_recipient_and_status ON notifications (recipient, status, id)",
        """
        CREATE TABLE work (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            payload TEXT NOT NULL,
            request_id TEXT NOT NULL,
            -- The span that added it, in whose trace it runs (W3C Trace Context), if any.
            traceparent TEXT NOT NULL DEFAULT '',
            -- Milliseconds since 1970, before which it is left alone. While it is leased, the end of the lease.
            due BIGINT NOT NULL,
            token TEXT,
            attempts INTEGER NOT NULL,
            parked INTEGER NOT NULL DEFAULT 0,
            -- Why the last try failed.
            error TEXT,
            created_at TEXT NOT NULL,
            UNIQUE (key, kind)
        )
        """,
        "CREATE INDEX work_due ON work (due) WHERE parked = 0",
        "CREATE INDEX work_parked ON work (id) WHERE parked = 1",
    )
    identity("notifications", "work")
    in_byte_order("notifications", "idempotency_key")

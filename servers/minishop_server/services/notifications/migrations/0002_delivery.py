"""Messages that are delivered in the background."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, in_byte_order, run

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    run(
        """
        CREATE TABLE work (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            payload TEXT NOT NULL,
            request_id TEXT NOT NULL,
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
        # Its text was never kept. Whoever owes it asks for it again.
        "DELETE FROM notifications WHERE status = 'pending'",
    )
    identity("work")
    in_byte_order("notifications", "idempotency_key")

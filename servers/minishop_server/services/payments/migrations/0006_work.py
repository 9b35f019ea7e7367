"""Calls to the provider that are owed are work of the outbox."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    # `due`, `tries`, `retry_at` and the index `payments_owing` stay for replicas of the version before, and a later
    # revision drops them. Work that such a replica leaves there is taken over.
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
        """
        INSERT INTO work (id, kind, key, payload, request_id, due, attempts, created_at)
        SELECT ROW_NUMBER() OVER (ORDER BY created_at, key), kind, key, '{}', 'upgrade', 0, 0, created_at
        FROM (
            SELECT due AS kind, 'PAY-' || (id + 554) AS key, created_at FROM payments WHERE due IS NOT NULL
            UNION ALL
            SELECT 'refund', 'REF-' || (id + 300), created_at FROM refunds WHERE done = 0
        ) AS owed
        """,
        "UPDATE payments SET due = NULL WHERE due IS NOT NULL",
    )
    identity("work")

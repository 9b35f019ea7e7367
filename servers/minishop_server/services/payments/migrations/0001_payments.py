"""Payments."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0001", None


def upgrade() -> None:
    run(
        """
        CREATE TABLE payments (
            id INTEGER PRIMARY KEY,
            order_id TEXT NOT NULL UNIQUE,
            amount BIGINT NOT NULL CHECK (amount >= 0),
            method TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'success', 'failure')),
            created_at TEXT NOT NULL
        )
        """,
    )
    identity("payments")

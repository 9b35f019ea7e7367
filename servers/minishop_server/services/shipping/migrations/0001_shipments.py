"""Shipments."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0001", None


def upgrade() -> None:
    run(
        """
        CREATE TABLE shipments (
            id INTEGER PRIMARY KEY,
            order_id TEXT NOT NULL UNIQUE,
            address TEXT NOT NULL,
            carrier TEXT NOT NULL,
            status TEXT NOT NULL,
            user_id INTEGER,
            recipient TEXT,
            moves INTEGER NOT NULL DEFAULT 0,
            moves_told INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            CHECK (moves_told <= moves)
        )
        """,
        "CREATE INDEX shipments_to_tell ON shipments (id) WHERE moves_told < moves",
    )
    identity("shipments")

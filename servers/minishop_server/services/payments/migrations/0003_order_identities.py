"""Payments belong to the identity of an order, as its number may come twice."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    run(
        "ALTER TABLE payments ADD COLUMN order_identity TEXT",
        # Orders gives the same identity to those of its orders that are older than identities.
        "UPDATE payments SET order_identity = order_id",
    )

"""Bought pieces belong to the identity of an order, as its number may come twice.

The identity of an order that is older than identities is its number.
"""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    run("ALTER TABLE bought_orders RENAME COLUMN order_id TO order_identity")

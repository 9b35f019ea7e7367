"""Carts and their lines."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0001", None


def upgrade() -> None:
    run(
        """
        -- One row a user: writers of one cart take turns on it.
        CREATE TABLE carts (
            user_id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 1
        )
        """,
        """
        CREATE TABLE cart_lines (
            user_id INTEGER NOT NULL REFERENCES carts (user_id),
            product_id INTEGER NOT NULL,
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            position INTEGER NOT NULL,
            PRIMARY KEY (user_id, product_id)
        )
        """,
    )

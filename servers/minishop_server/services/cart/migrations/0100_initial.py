"""Carts and their lines."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0100", None


def upgrade() -> None:
    run(
        """
        -- One row a user: writers of one cart take turns on it. A cart without a row is empty, and of version 1.
        CREATE TABLE carts (
            user_id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 2
        )
        """,
        """
        CREATE TABLE cart_lines (
            user_id INTEGER NOT NULL REFERENCES carts (user_id),
            product_id INTEGER NOT NULL,
            -- 0 once the line is gone from the cart; its counts stay.
            quantity INTEGER NOT NULL CHECK (quantity >= 0),
            -- The price of one, in cents, that the shopper last saw; none where the line was left out.
            shown_price INTEGER,
            position INTEGER NOT NULL,
            -- Pieces that were ever put into the line, and those of them that orders took out.
            put INTEGER NOT NULL,
            bought INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (user_id, product_id)
        )
        """,
        # The highest number of a product in a cart is found by this.
        "CREATE INDEX cart_lines_by_product ON cart_lines (product_id)",
        """
        -- Orders whose pieces left the cart, by identity: those of an order leave it once.
        CREATE TABLE bought_orders (
            order_identity TEXT PRIMARY KEY,
            user_id INTEGER NOT NULL
        )
        """,
    )

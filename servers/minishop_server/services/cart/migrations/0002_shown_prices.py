"""What the shopper was last shown; a cart that nobody touched counts as version 1, one that was from 2 on."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run, set_aside

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    set_aside("cart_lines", "carts")
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
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            -- The price of one, in cents, that the shopper last saw; none where the line was left out.
            shown_price INTEGER,
            position INTEGER NOT NULL,
            PRIMARY KEY (user_id, product_id)
        )
        """,
        "INSERT INTO carts (user_id, version) SELECT user_id, version + 1 FROM old_carts",
        """
        INSERT INTO cart_lines (user_id, product_id, quantity, position)
        SELECT user_id, product_id, quantity, position FROM old_cart_lines
        """,
    )

"""Bought pieces leave a cart by order, and a line counts what was ever put into it and bought of it."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run, set_aside

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    set_aside("cart_lines")
    run(
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
        # Orders under way may buy more of a line than is left of it, and at most the 100 pieces that a line may hold.
        """
        INSERT INTO cart_lines (user_id, product_id, quantity, shown_price, position, put)
        SELECT user_id, product_id, quantity, shown_price, position, 100 FROM old_cart_lines
        """,
        """
        -- Orders whose pieces left the cart: those of an order leave it once.
        CREATE TABLE bought_orders (
            order_id TEXT PRIMARY KEY,
            user_id INTEGER NOT NULL
        )
        """,
    )

"""An order claims its pieces in the cart until they leave it, and has its turn among the checkouts of its shopper."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    run(
        # What the order has to do with the cart: its pieces are 'claimed' there, or were 'taken' out.
        """
        ALTER TABLE orders ADD COLUMN cart TEXT NOT NULL DEFAULT 'none' CHECK (cart IN ('none', 'claimed', 'taken'))
        """,
        # Versions beyond 2000000000 are of carts that never come: they belong to orders from before 0002.
        """
        UPDATE orders SET cart = 'claimed'
        WHERE (status = 'pending' AND cart_version < 2000000000)
            OR EXISTS (SELECT 1 FROM work WHERE kind = 'clear_cart' AND key = 'ORD-' || (orders.id + 100))
        """,
        "CREATE INDEX orders_claiming ON orders (user_id) WHERE cart = 'claimed'",
        # The name of a product as it was bought; unknown for orders from before.
        "ALTER TABLE order_lines ADD COLUMN name TEXT",
        # One checkout of a shopper at a time: each takes the turn after the last one. It was unique already.
        "UPDATE orders SET cart_version = NULL WHERE cart_version IS NOT NULL",
        "ALTER TABLE orders RENAME COLUMN cart_version TO turn",
        "UPDATE orders SET turn = id",
    )

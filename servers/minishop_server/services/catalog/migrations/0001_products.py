"""Products, and the stock held for orders."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, in_byte_order, run

revision, down_revision = "0001", None


def upgrade() -> None:
    run(
        """
        CREATE TABLE products (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            folded_name TEXT NOT NULL,
            price INTEGER NOT NULL CHECK (price >= 0),
            stock INTEGER NOT NULL CHECK (stock >= 0),
            version INTEGER NOT NULL DEFAULT 1,
            sold INTEGER NOT NULL DEFAULT 1
        )
        """,
        "CREATE INDEX products_by_price ON products (price, id)",
        "CREATE INDEX products_by_name ON products (folded_name, id)",
        """
        CREATE TABLE reservations (
            order_id TEXT PRIMARY KEY,
            status TEXT NOT NULL CHECK (status IN ('held', 'released', 'refused'))
        )
        """,
        """
        CREATE TABLE reservation_lines (
            order_id TEXT NOT NULL REFERENCES reservations (order_id),
            product_id INTEGER NOT NULL,
            quantity INTEGER NOT NULL,
            PRIMARY KEY (order_id, product_id)
        )
        """,
    )
    identity("products")
    in_byte_order("products", "folded_name")

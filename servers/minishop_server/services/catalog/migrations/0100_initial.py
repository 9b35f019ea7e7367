"""Products with their stock books, and the stock that is held for orders."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, in_byte_order, on_postgresql, run

revision, down_revision = "0100", None


def upgrade() -> None:
    kind = "STORED" if on_postgresql() else "VIRTUAL"
    run(
        f"""
        CREATE TABLE products (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            folded_name TEXT NOT NULL,
            price INTEGER NOT NULL CHECK (price >= 0),
            -- The stock books: what came in is on the shelf, held for orders, or sold.
            received BIGINT NOT NULL,
            stock INTEGER NOT NULL CHECK (stock >= 0),
            reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
            sold BIGINT NOT NULL DEFAULT 0 CHECK (sold >= 0),
            -- That of edits, and below that of the stock: a sale is in the way of no edit but that of the stock.
            version INTEGER NOT NULL DEFAULT 1,
            on_sale INTEGER NOT NULL DEFAULT 1,
            stock_version INTEGER NOT NULL DEFAULT 1,
            -- PostgreSQL writes to all indexes of a row if a column changes that one of them names. The stock changes
            -- with each order, this column only with the last piece.
            in_stock INTEGER NOT NULL
                GENERATED ALWAYS AS (CASE WHEN stock > 0 THEN 1 ELSE 0 END) {kind},
            CHECK (received = stock + reserved + sold)
        )
        """,
        """
        CREATE TABLE reservations (
            -- The row number of the order: ORD-101 is 1.
            id INTEGER PRIMARY KEY,
            status TEXT NOT NULL CHECK (status IN ('held', 'committed', 'refused', 'released')),
            -- [[product, quantity], …] in JSON, by product: written and read as a whole.
            lines TEXT NOT NULL,
            -- Whose it is, as the number of an order may come twice.
            order_identity TEXT
        )
        """,
        "CREATE INDEX reservations_by_status ON reservations (status, id)",
        # The highest number that other services know, and the one that numbers go on from after a restore.
        "CREATE TABLE numbers (known INTEGER NOT NULL, floor INTEGER NOT NULL)",
        "INSERT INTO numbers (known, floor) VALUES (0, 0)",
    )
    identity("products")
    in_byte_order("products", "folded_name")
    # Each list of products has an index, with and without sold-out products.
    for name, columns in ("number", "id"), ("price", "price, id"), ("name", "folded_name, id"):
        run(
            f"CREATE INDEX products_by_{name} ON products ({columns}) WHERE on_sale = 1",
            f"CREATE INDEX products_by_stock_and_{name} ON products (in_stock, {columns}) WHERE on_sale = 1",
        )

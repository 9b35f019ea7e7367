"""Stock books: every piece that came in is on the shelf, reserved or sold."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, in_byte_order, on_postgresql, run, set_aside

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    set_aside("products", "reservation_lines", "reservations")
    join = "string_agg" if on_postgresql() else "group_concat"
    held = """
        COALESCE((
            SELECT SUM(quantity) FROM old_reservation_lines AS line
            JOIN old_reservations AS reservation ON reservation.order_id = line.order_id
            WHERE line.product_id = product.id AND reservation.status = 'held'
        ), 0)
    """
    run(
        """
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
            version INTEGER NOT NULL DEFAULT 1,
            on_sale INTEGER NOT NULL DEFAULT 1,
            CHECK (received = stock + reserved + sold)
        )
        """,
        "CREATE INDEX products_by_price ON products (price, id)",
        "CREATE INDEX products_by_name ON products (folded_name, id)",
        """
        CREATE TABLE reservations (
            -- The row number of the order: ORD-101 is 1.
            id INTEGER PRIMARY KEY,
            status TEXT NOT NULL CHECK (status IN ('held', 'committed', 'refused', 'released')),
            -- [[product, quantity], …] in JSON, by product: written and read as a whole.
            lines TEXT NOT NULL
        )
        """,
        # Until the upgrade `sold` said whether it was for sale.
        f"""
        INSERT INTO products (id, name, folded_name, price, received, stock, reserved, version, on_sale)
        SELECT id, name, folded_name, price, stock + {held}, stock, {held}, version, sold FROM old_products AS product
        """,
        # Held too is what was sold long ago: Orders commits it.
        f"""
        INSERT INTO reservations (id, status, lines)
        SELECT CAST(SUBSTR(order_id, 5) AS INTEGER) - 100, status, '[' || COALESCE((
            SELECT {join}('[' || product_id || ', ' || quantity || ']', ', ')
            FROM (SELECT * FROM old_reservation_lines ORDER BY product_id) AS line
            WHERE line.order_id = reservation.order_id
        ), '') || ']'
        FROM old_reservations AS reservation
        """,
    )
    identity("products")
    in_byte_order("products", "folded_name")

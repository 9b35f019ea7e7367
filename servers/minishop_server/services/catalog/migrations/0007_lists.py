"""Each list of products has an index, with and without sold-out products."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import on_postgresql, run

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    # PostgreSQL writes to all indexes of a row if a column changes that one of them names. The stock changes with each
    # order, this column only with the last piece. PostgreSQL writes the table anew, a million products in some seconds.
    kind = "STORED" if on_postgresql() else "VIRTUAL"
    run(
        f"""
        ALTER TABLE products ADD COLUMN in_stock INTEGER NOT NULL
        GENERATED ALWAYS AS (CASE WHEN stock > 0 THEN 1 ELSE 0 END) {kind}
        """,
        # Every list of the previous version is of products on sale too, and uses the new indexes.
        "DROP INDEX products_by_price",
        "DROP INDEX products_by_name",
    )
    for name, columns in ("number", "id"), ("price", "price, id"), ("name", "folded_name, id"):
        run(
            f"CREATE INDEX products_by_{name} ON products ({columns}) WHERE on_sale = 1",
            f"CREATE INDEX products_by_stock_and_{name} ON products (in_stock, {columns}) WHERE on_sale = 1",
        )

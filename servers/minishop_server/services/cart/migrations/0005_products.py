"""The highest number of a product in a cart is found by index."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    run("CREATE INDEX cart_lines_by_product ON cart_lines (product_id)")

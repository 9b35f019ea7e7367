"""The highest number that other services know, and the one that numbers go on from after a restore."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    run(
        "CREATE TABLE numbers (known INTEGER NOT NULL, floor INTEGER NOT NULL)",
        "INSERT INTO numbers (known, floor) VALUES (0, 0)",
        # The highest numbers of other services that orders refer to are found by these.
        "CREATE INDEX orders_by_payment ON orders ((CAST(SUBSTR(payment_id, 5) AS INTEGER)))"
        " WHERE payment_id IS NOT NULL",
        "CREATE INDEX orders_by_tracking ON orders ((CAST(SUBSTR(tracking_id, 6) AS INTEGER)))"
        " WHERE tracking_id IS NOT NULL",
        "CREATE INDEX order_lines_by_product ON order_lines (product_id)",
    )

"""The highest number that other services know, and the one that numbers go on from after a restore."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    run(
        "CREATE TABLE numbers (known INTEGER NOT NULL, floor INTEGER NOT NULL)",
        "INSERT INTO numbers (known, floor) VALUES (0, 0)",
        # Orders asks for the highest number of an order that has a payment.
        "CREATE INDEX payments_by_number ON payments ((CAST(SUBSTR(order_id, 5) AS INTEGER)))"
        " WHERE order_identity IS NOT NULL",
    )

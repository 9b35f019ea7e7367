"""Orders have a random identity, as a restored database gives numbers out again; refunds have a random key."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    run(
        "ALTER TABLE orders ADD COLUMN identity TEXT",
        # The other services know older orders by their numbers.
        "UPDATE orders SET identity = 'ORD-' || (id + 100)",
        "CREATE UNIQUE INDEX orders_by_identity ON orders (identity)",
        "ALTER TABLE refunds ADD COLUMN payment_key TEXT",
        "UPDATE refunds SET payment_key = 'ORD-' || (order_id + 100) || '.refund.' || id",
    )

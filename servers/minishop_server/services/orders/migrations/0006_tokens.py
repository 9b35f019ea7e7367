"""A decided order has no payment token: the database refuses a move that leaves it."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import on_postgresql, run

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    # Replicas of the version before go on: every version since revision 0002 clears the token when it decides an order.
    run("UPDATE orders SET payment_token = NULL WHERE status <> 'pending' AND payment_token IS NOT NULL")
    if on_postgresql():
        run("ALTER TABLE orders ADD CONSTRAINT orders_token CHECK (status = 'pending' OR payment_token IS NULL)")
        return
    run(  # SQLite adds a check only with a column
        "ALTER TABLE orders ADD COLUMN token TEXT CONSTRAINT orders_token CHECK (status = 'pending' OR token IS NULL)",
        "UPDATE orders SET token = payment_token WHERE payment_token IS NOT NULL",
        "ALTER TABLE orders DROP COLUMN payment_token",
        "ALTER TABLE orders RENAME COLUMN token TO payment_token",
    )

"""Orders and their lines."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0001", None


def upgrade() -> None:
    run(
        """
        CREATE TABLE orders (
            id INTEGER PRIMARY KEY,
            user_id INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'paid', 'payment_failed', 'cancelled')),
            total BIGINT NOT NULL,
            payment_method TEXT NOT NULL,
            -- Held only until the payment is settled.
            payment_token TEXT,
            address TEXT NOT NULL,
            carrier TEXT NOT NULL,
            email TEXT NOT NULL,
            idempotency_key TEXT,
            request_hash TEXT NOT NULL,
            payment_id TEXT,
            tracking_id TEXT,
            -- Why nothing came of it.
            reason TEXT,
            confirmed INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            UNIQUE (user_id, idempotency_key)
        )
        """,
        "CREATE INDEX orders_of_user ON orders (user_id, id)",
        """
        CREATE INDEX orders_unfinished ON orders (id)
            WHERE status = 'pending' OR (status = 'paid' AND confirmed = 0)
        """,
        """
        CREATE TABLE order_lines (
            order_id INTEGER NOT NULL REFERENCES orders (id),
            product_id INTEGER NOT NULL,
            quantity INTEGER NOT NULL,
            price INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (order_id, position)
        )
        """,
    )
    identity("orders")

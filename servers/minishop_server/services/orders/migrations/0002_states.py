"""The order as a state machine, its timeline, refunds and returns, and the work that is owed for it."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run, set_aside

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    set_aside("order_lines", "orders")
    run(
        """
        CREATE TABLE orders (
            id INTEGER PRIMARY KEY,
            user_id INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN (
                'pending', 'paid', 'payment_failed', 'cancelled', 'shipped', 'delivered',
                'return_requested', 'returned', 'partly_refunded', 'refunded'
            )),
            total BIGINT NOT NULL,
            -- Cents that were given back, or are about to be.
            refunded BIGINT NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND total),
            payment_method TEXT NOT NULL,
            -- Held only until the payment is settled.
            payment_token TEXT,
            address TEXT NOT NULL,
            carrier TEXT NOT NULL,
            email TEXT NOT NULL,
            idempotency_key TEXT,
            -- The version of the cart that this order buys. Taken away where nothing comes of it, so that it can
            -- be bought again.
            cart_version INTEGER,
            request_hash TEXT NOT NULL,
            payment_id TEXT,
            tracking_id TEXT,
            -- Why nothing came of it, and who cancelled it.
            reason TEXT,
            cancelled_by TEXT,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            UNIQUE (user_id, idempotency_key),
            UNIQUE (user_id, cart_version)
        )
        """,
        "CREATE INDEX orders_of_user ON orders (user_id, id)",
        """
        CREATE TABLE order_lines (
            order_id INTEGER NOT NULL REFERENCES orders (id),
            product_id INTEGER NOT NULL,
            quantity INTEGER NOT NULL,
            price INTEGER NOT NULL,
            position INTEGER NOT NULL,
            -- Pieces that the customer asks to send back, and those that came back.
            returning_now INTEGER NOT NULL DEFAULT 0,
            returned INTEGER NOT NULL DEFAULT 0 CHECK (returned + returning_now <= quantity),
            PRIMARY KEY (order_id, position)
        )
        """,
        """
        CREATE TABLE order_events (
            id INTEGER PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            step TEXT NOT NULL,
            actor TEXT NOT NULL,
            request_id TEXT NOT NULL,
            created_at TEXT NOT NULL
        )
        """,
        "CREATE INDEX order_events_of_order ON order_events (order_id, id)",
        """
        CREATE TABLE refunds (
            id INTEGER PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            amount BIGINT NOT NULL,
            reason TEXT,
            idempotency_key TEXT,
            request_hash TEXT NOT NULL,
            paid INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            UNIQUE (order_id, idempotency_key)
        )
        """,
        """
        -- How far the feeds of other services were read.
        CREATE TABLE feeds (
            name TEXT PRIMARY KEY,
            cursor TEXT NOT NULL
        )
        """,
        "INSERT INTO feeds (name, cursor) VALUES ('shipping', '')",
        """
        CREATE TABLE work (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            payload TEXT NOT NULL,
            request_id TEXT NOT NULL,
            -- Milliseconds since 1970, before which it is left alone. While it is leased, the end of the lease.
            due BIGINT NOT NULL,
            token TEXT,
            attempts INTEGER NOT NULL,
            parked INTEGER NOT NULL DEFAULT 0,
            -- Why the last try failed.
            error TEXT,
            created_at TEXT NOT NULL,
            UNIQUE (key, kind)
        )
        """,
        "CREATE INDEX work_due ON work (due) WHERE parked = 0",
        # What was begun buys a version of the cart that never comes, so that no cart of now is emptied for it.
        """
        INSERT INTO orders (id, user_id, status, total, payment_method, payment_token, address, carrier, email,
            idempotency_key, cart_version, request_hash, payment_id, tracking_id, reason, created_at, updated_at)
        SELECT id, user_id, CASE WHEN status = 'paid' AND tracking_id IS NOT NULL THEN 'shipped' ELSE status END,
            total, payment_method, payment_token, address, carrier, email,
            idempotency_key, CASE status WHEN 'pending' THEN 2147483647 - id END, request_hash, payment_id,
            tracking_id, reason, created_at, created_at
        FROM old_orders
        """,
        """
        INSERT INTO order_lines (order_id, product_id, quantity, price, position)
        SELECT order_id, product_id, quantity, price, position FROM old_order_lines
        """,
        """
        INSERT INTO order_events (id, order_id, step, actor, request_id, created_at)
        SELECT ROW_NUMBER() OVER (ORDER BY id, place), id, step, actor, 'upgrade', created_at FROM (
            SELECT id, 1 AS place, 'placed' AS step, 'user_' || user_id AS actor, created_at FROM orders
            UNION ALL
            SELECT id, 2, 'paid', 'service_orders', created_at FROM orders WHERE status IN ('paid', 'shipped')
            UNION ALL
            SELECT id, 3, status, 'service_orders', created_at FROM orders WHERE status NOT IN ('pending', 'paid')
        ) AS steps
        """,
        # What was under way goes on.
        """
        INSERT INTO work (id, kind, key, payload, request_id, due, attempts, created_at)
        SELECT ROW_NUMBER() OVER (ORDER BY id, kind), kind, 'ORD-' || (id + 100), '{}', 'upgrade', 0, 0, created_at
        FROM (
            SELECT id, 'checkout' AS kind, created_at FROM old_orders WHERE status = 'pending'
            UNION ALL
            SELECT id, 'ship', created_at FROM old_orders WHERE status = 'paid' AND tracking_id IS NULL
            UNION ALL
            SELECT id, 'notify', created_at FROM old_orders WHERE status = 'paid' AND confirmed = 0
            UNION ALL
            SELECT id, 'commit_stock', created_at FROM old_orders WHERE status = 'paid'
        ) AS owed
        """,
    )
    identity("orders", "order_events", "refunds", "work")

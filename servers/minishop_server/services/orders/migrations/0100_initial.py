"""Orders, their timeline, refunds and returns, and the work that is owed for them."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0100", None


def upgrade() -> None:
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
            -- Held only until the payment is settled: see orders_token below.
            payment_token TEXT,
            address TEXT NOT NULL,
            carrier TEXT NOT NULL,
            email TEXT NOT NULL,
            idempotency_key TEXT,
            -- One checkout of a shopper at a time: each takes the turn after the last one.
            turn INTEGER,
            -- Empty once the order is old.
            request_hash TEXT NOT NULL,
            payment_id TEXT,
            tracking_id TEXT,
            -- Why nothing came of it, and who cancelled it.
            reason TEXT,
            cancelled_by TEXT,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            -- What the order has to do with the cart: its pieces are 'claimed' there, or were 'taken' out.
            cart TEXT NOT NULL DEFAULT 'none' CHECK (cart IN ('none', 'claimed', 'taken')),
            -- Random, as a restored database gives numbers out again.
            identity TEXT,
            UNIQUE (user_id, idempotency_key),
            UNIQUE (user_id, turn),
            CONSTRAINT orders_token CHECK (status = 'pending' OR payment_token IS NULL)
        )
        """,
        "CREATE INDEX orders_with_digest ON orders (created_at) WHERE request_hash <> ''",
        "CREATE INDEX orders_of_user ON orders (user_id, id)",
        "CREATE INDEX orders_of_user_and_status ON orders (user_id, status, id)",
        "CREATE INDEX orders_claiming ON orders (user_id) WHERE cart = 'claimed'",
        "CREATE UNIQUE INDEX orders_by_identity ON orders (identity)",
        # The highest numbers of other services that orders refer to are found by these, and by that of the lines.
        "CREATE INDEX orders_by_payment ON orders ((CAST(SUBSTR(payment_id, 5) AS INTEGER)))"
        " WHERE payment_id IS NOT NULL",
        "CREATE INDEX orders_by_tracking ON orders ((CAST(SUBSTR(tracking_id, 6) AS INTEGER)))"
        " WHERE tracking_id IS NOT NULL",
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
            -- The name of the product as it was bought.
            name TEXT NOT NULL,
            PRIMARY KEY (order_id, position)
        )
        """,
        "CREATE INDEX order_lines_by_product ON order_lines (product_id)",
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
            -- The random key that Payments knows it by.
            payment_key TEXT,
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
        # The highest number that other services know, and the one that numbers go on from after a restore.
        "CREATE TABLE numbers (known INTEGER NOT NULL, floor INTEGER NOT NULL)",
        "INSERT INTO numbers (known, floor) VALUES (0, 0)",
        """
        CREATE TABLE work (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            payload TEXT NOT NULL,
            request_id TEXT NOT NULL,
            -- The span that added it, in whose trace it runs (W3C Trace Context), if any.
            traceparent TEXT NOT NULL DEFAULT '',
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
        # In two parts: SQLite prefers one index by `parked` to `work_due`, and would sort all open work by time.
        "CREATE INDEX work_parked ON work (id) WHERE parked = 1",
        "CREATE INDEX work_open ON work (id) WHERE parked = 0",
    )
    identity("orders", "order_events", "refunds", "work")

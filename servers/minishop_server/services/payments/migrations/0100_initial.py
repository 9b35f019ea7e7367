"""Payments, refunds and the ledger, webhooks, the work that is owed, and the books of the sandbox."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0100", None


def upgrade() -> None:
    run(
        """
        -- One row for each order that was to be charged. Without an amount it is the mark of an order that was voided
        -- first.
        CREATE TABLE payments (
            id INTEGER PRIMARY KEY,
            order_id TEXT NOT NULL UNIQUE,
            amount BIGINT CHECK (amount >= 0),
            method TEXT,
            capture INTEGER NOT NULL DEFAULT 1,
            state TEXT NOT NULL CHECK (state IN ('pending', 'authorised', 'captured', 'declined', 'voided')),
            reason TEXT,
            -- The provider's own name for it.
            reference TEXT,
            -- NULL until the money is in.
            captured BIGINT,
            -- To be given back, confirmed by the provider or not; of that, `refunded` is confirmed.
            promised BIGINT NOT NULL DEFAULT 0,
            refunded BIGINT NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            -- Whose it is, as the number of an order may come twice.
            order_identity TEXT,
            CHECK (captured = amount),
            CHECK (refunded <= promised),
            CHECK (promised <= COALESCE(captured, 0))
        )
        """,
        # Orders asks for the highest number of an order that has a payment.
        "CREATE INDEX payments_by_number ON payments ((CAST(SUBSTR(order_id, 5) AS INTEGER)))"
        " WHERE order_identity IS NOT NULL",
        """
        CREATE TABLE refunds (
            id INTEGER PRIMARY KEY,
            payment_id INTEGER NOT NULL REFERENCES payments (id),
            idempotency_key TEXT NOT NULL,
            amount BIGINT NOT NULL CHECK (amount > 0),
            reason TEXT,
            done INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            -- The provider knows it by this, which follows from the caller's key, as numbers may come twice.
            provider_key TEXT,
            UNIQUE (payment_id, idempotency_key)
        )
        """,
        """
        -- Rows are added only.
        CREATE TABLE ledger (
            id INTEGER PRIMARY KEY,
            payment_id INTEGER NOT NULL REFERENCES payments (id),
            kind TEXT NOT NULL CHECK (kind IN ('authorise', 'capture', 'void', 'refund')),
            amount BIGINT NOT NULL CHECK (amount >= 0),
            refund_id INTEGER UNIQUE REFERENCES refunds (id),
            created_at TEXT NOT NULL,
            CHECK ((kind = 'refund') = (refund_id IS NOT NULL))
        )
        """,
        "CREATE UNIQUE INDEX ledger_once ON ledger (payment_id, kind) WHERE kind <> 'refund'",
        """
        CREATE TABLE webhook_events (
            id TEXT PRIMARY KEY,
            received_at TEXT NOT NULL
        )
        """,
        "CREATE INDEX webhook_events_by_time ON webhook_events (received_at)",
        """
        -- The books of the sandbox, which stands for the world outside: nothing else of Payments reads or writes them.
        CREATE TABLE sandbox_charges (
            id TEXT PRIMARY KEY,
            amount BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN (
                'processing', 'needs_action', 'authorised', 'captured', 'declined', 'cancelled'
            )),
            reason TEXT,
            -- The outcome of an undecided one, and when it is decided, in Unix seconds.
            outcome TEXT NOT NULL,
            decided_at DOUBLE PRECISION NOT NULL,
            refunded BIGINT NOT NULL DEFAULT 0
        )
        """,
        """
        CREATE TABLE sandbox_refunds (
            id TEXT PRIMARY KEY,
            charge_id TEXT NOT NULL REFERENCES sandbox_charges (id),
            amount BIGINT NOT NULL
        )
        """,
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
        "CREATE INDEX work_parked ON work (id) WHERE parked = 1",
    )
    identity("payments", "refunds", "ledger", "work")

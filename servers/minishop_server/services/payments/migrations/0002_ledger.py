"""Captures, refunds, a ledger, webhooks, and the books of the sandbox."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run, set_aside

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    set_aside("payments")
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
            -- To be given back, whether the provider has confirmed it yet or not; refunded is what it has confirmed.
            promised BIGINT NOT NULL DEFAULT 0,
            refunded BIGINT NOT NULL DEFAULT 0,
            -- What the provider is still to be asked for.
            due TEXT CHECK (due IN ('capture', 'cancel')),
            tries INTEGER NOT NULL DEFAULT 0,
            retry_at BIGINT NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            CHECK (captured = amount),
            CHECK (refunded <= promised),
            CHECK (promised <= COALESCE(captured, 0))
        )
        """,
        "CREATE INDEX payments_owing ON payments (retry_at) WHERE due IS NOT NULL OR promised > refunded",
        """
        CREATE TABLE refunds (
            id INTEGER PRIMARY KEY,
            payment_id INTEGER NOT NULL REFERENCES payments (id),
            idempotency_key TEXT NOT NULL,
            amount BIGINT NOT NULL CHECK (amount > 0),
            reason TEXT,
            done INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
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
        """
        -- The books of the sandbox, which stands for the world outside: nothing else of Payments reads or writes them.
        CREATE TABLE sandbox_charges (
            id TEXT PRIMARY KEY,
            amount BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN (
                'processing', 'needs_action', 'authorised', 'captured', 'declined', 'cancelled'
            )),
            reason TEXT,
            -- What becomes of one that is undecided, and when, in Unix seconds.
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
        """
        INSERT INTO payments (id, order_id, amount, method, state, captured, created_at)
        SELECT id, order_id, amount, method,
            CASE status WHEN 'success' THEN 'captured' WHEN 'failure' THEN 'declined' ELSE 'pending' END,
            CASE status WHEN 'success' THEN amount END, created_at
        FROM old_payments
        """,
        """
        INSERT INTO ledger (id, payment_id, kind, amount, created_at)
        SELECT ROW_NUMBER() OVER (ORDER BY id), id, 'capture', amount, created_at FROM old_payments
        WHERE status = 'success'
        """,
        # The sandbox kept no books. A charge is named by its payment and the time.
        """
        INSERT INTO sandbox_charges (id, amount, state, reason, outcome, decided_at)
        SELECT 'PAY-' || (id + 554) || '.'
                || REPLACE(REPLACE(REPLACE(REPLACE(created_at, '-', ''), ':', ''), 'T', ''), 'Z', ''),
            amount, state, CASE state WHEN 'declined' THEN 'card_declined' END, '', 0
        FROM payments WHERE state <> 'pending'
        """,
    )
    identity("payments", "refunds", "ledger")

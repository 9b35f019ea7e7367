"""Shipments, the feed of their moves, and the messages that are still to be sent."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0100", None


def upgrade() -> None:
    run(
        """
        CREATE TABLE shipments (
            id INTEGER PRIMARY KEY,
            order_id TEXT NOT NULL UNIQUE,
            -- None for one that was cancelled before it was made.
            address TEXT,
            carrier TEXT,
            status TEXT NOT NULL,
            user_id INTEGER,
            recipient TEXT,
            moves INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            -- Whose it is, as the number of an order may come twice.
            order_identity TEXT
        )
        """,
        # Orders asks for the highest number of an order that has a shipment.
        "CREATE INDEX shipments_by_number ON shipments ((CAST(SUBSTR(order_id, 5) AS INTEGER)))"
        " WHERE order_identity IS NOT NULL",
        """
        -- One row: a process that moves a parcel takes a number here, and holds the row until it commits. So the
        -- numbers come in the order of the commits, and a reader of the feed that has seen one has seen all before it.
        CREATE TABLE feed (
            last INTEGER NOT NULL
        )
        """,
        "INSERT INTO feed (last) VALUES (0)",
        """
        CREATE TABLE events (
            id INTEGER PRIMARY KEY,
            shipment_id INTEGER NOT NULL REFERENCES shipments (id),
            status TEXT NOT NULL,
            timestamp TEXT NOT NULL
        )
        """,
        "CREATE INDEX events_of_shipment ON events (shipment_id)",
        """
        -- How far each service has read the feed.
        CREATE TABLE feed_readers (
            name TEXT PRIMARY KEY,
            seen INTEGER NOT NULL
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
    identity("shipments", "work")

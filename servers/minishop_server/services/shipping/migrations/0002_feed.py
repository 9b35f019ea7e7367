"""A feed of moves, shipments that were called back, and messages that go out in the background."""

from __future__ import annotations

import json

from minishop_server.kit.database.migration_helpers import identity, rows, run, run_with, set_aside

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    set_aside("shipments")
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
            created_at TEXT NOT NULL
        )
        """,
        """
        -- One row: whoever moves a parcel takes a number here, and holds the row until it commits. So the numbers come
        -- in the order of the commits, and a reader of the feed that has seen one has seen all before it.
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
        """
        INSERT INTO shipments (id, order_id, address, carrier, status, user_id, recipient, moves, created_at)
        SELECT id, order_id, address, carrier, status, user_id, recipient, moves, created_at FROM old_shipments
        """,
        # Where each parcel is; the moves before that are not known any more.
        """
        INSERT INTO events (id, shipment_id, status, timestamp)
        SELECT ROW_NUMBER() OVER (ORDER BY id), id, status, created_at FROM old_shipments WHERE moves > 0
        """,
        "UPDATE feed SET last = (SELECT COUNT(*) FROM events)",
    )
    identity("shipments", "work")
    _tell_later()


def _tell_later() -> None:
    untold = "SELECT * FROM old_shipments WHERE moves_told < moves AND recipient IS NOT NULL"
    for shipment in rows(untold):
        told = {name: shipment[name] for name in ("order_id", "status", "recipient")}
        run_with(
            "INSERT INTO work (kind, key, payload, request_id, due, attempts, created_at)"
            " VALUES ('tell', :key, :payload, 'upgrade', 0, 0, :created_at)",
            key=f"SHIP-{shipment['id'] + 887}.{shipment['moves']}",
            payload=json.dumps(told),
            created_at=shipment["created_at"],
        )

"""All the SQL of Shipping."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from ...kit.clock import Timestamp, now
from ...kit.database import PART, PAUSE, Connection, Database, Listing, columns, highest_order, places
from ...kit.ids import OrderId, OrderIdentity, UserId
from ...kit.state_machine import Move
from .rows import EventRow, OldEventRow, ReaderRow, ShipmentRow

SHIPMENT = columns(ShipmentRow)


class Store:
    """Shipments, one for each order, and the feed of their moves."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open(
        self,
        order_id: OrderId,
        identity: OrderIdentity | None,
        address: str,
        carrier: str,
        user_id: UserId | None,
        recipient: str | None,
    ) -> tuple[ShipmentRow, bool]:
        """The shipment of the order, and whether this call made it."""
        new = await self.database.returning(
            ShipmentRow,
            f"""
            INSERT INTO shipments (
                id, order_id, address, carrier, status, user_id, recipient, created_at, order_identity
            )
            VALUES ({self.database.next_id("shipments")}, $1, $2, $3, 'in_transit', $4, $5, $6, $7)
            ON CONFLICT (order_id) DO NOTHING
            RETURNING {SHIPMENT}
            """,
            order_id,
            address,
            carrier,
            user_id,
            recipient,
            now(),
            identity,
        )
        row = new or await self.shipment(order_id)
        assert row is not None
        return row, new is not None

    async def highest_order(self) -> int:
        """The highest number of an order with a shipment, or 0 if there is none."""
        return await highest_order(self.database, "shipments")

    async def shipment(self, order_id: OrderId) -> ShipmentRow | None:
        sql = f"SELECT {SHIPMENT} FROM shipments WHERE order_id = $1"
        return await self.database.fetchrow(ShipmentRow, sql, order_id)

    async def move(self, connection: Connection, order_id: OrderId, move: Move) -> ShipmentRow | None:
        """The shipment after a move, which is added to the feed, or None if the move is not allowed now."""
        moved = await connection.fetchrow(
            ShipmentRow,
            f"""
            UPDATE shipments
            SET status = $2, moves = moves + 1
            WHERE order_id = $1 AND status IN ({move.guard})
            RETURNING {SHIPMENT}
            """,
            order_id,
            move.after,
        )
        if moved is not None:
            number = await connection.fetchval(int, "UPDATE feed SET last = last + 1 RETURNING last")
            await connection.execute(
                "INSERT INTO events (id, shipment_id, status, timestamp) VALUES ($1, $2, $3, $4)",
                number,
                moved["id"],
                move.after,
                now(),
            )
        return moved

    async def mark_cancelled(self, connection: Connection, order_id: OrderId, identity: OrderIdentity | None) -> bool:
        """Leave a mark that blocks a late shipment, and return False if there is a shipment already."""
        marked = await connection.execute(
            f"""
            INSERT INTO shipments (id, order_id, status, created_at, order_identity)
            VALUES ({self.database.next_id("shipments")}, $1, 'cancelled', $2, $3)
            ON CONFLICT (order_id) DO NOTHING
            """,
            order_id,
            now(),
            identity,
        )
        return marked == 1

    async def shipments(self, limit: int, after: int | None) -> list[ShipmentRow]:
        """The oldest first, from the one after `after` on."""
        listing = Listing("shipments", ShipmentRow, after=None if after is None else [after])
        return await listing.page(self.database, ShipmentRow, limit)

    async def read_to(self, reader: str, seen: int) -> None:
        """Store that a service has read the feed up to this event, where it did not know before."""
        sql = "SELECT seen FROM feed_readers WHERE name = $1"
        if await self.database.fetchval(int, sql, reader) == seen:
            return
        await self.database.execute(
            """
            INSERT INTO feed_readers (name, seen)
            VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET seen = excluded.seen
            """,
            reader,
            seen,
        )

    async def forget_events(self, readers: Collection[str], before: Timestamp) -> None:
        """Delete the events of parcels whose last event is before this time and was read by all these services.

        All events of a parcel go at once, because their messages have the number of the event among those of a parcel.
        """
        sql = f"SELECT name, seen FROM feed_readers WHERE name IN ({places(1, readers)})"
        known = await self.database.fetch(ReaderRow, sql, *readers)
        if not known or len(known) < len(readers):
            return  # one has never read
        seen, after = min(row["seen"] for row in known), 0
        while True:
            rows = await self.database.fetch(
                OldEventRow,
                f"SELECT id, shipment_id, timestamp FROM events WHERE id > $1 AND id <= $2 ORDER BY id LIMIT {PART}",
                after,
                seen,
            )
            shipments = sorted({row["shipment_id"] for row in rows if row["timestamp"] < before})
            if not shipments:
                return  # later events are not older
            after = rows[-1]["id"]
            await self.database.execute(
                f"""
                DELETE FROM events
                WHERE shipment_id IN ({places(3, shipments)})
                    AND NOT EXISTS (
                        SELECT 1
                        FROM events AS later
                        WHERE later.shipment_id = events.shipment_id AND (later.id > $1 OR later.timestamp >= $2)
                    )
                """,
                seen,
                before,
                *shipments,
            )
            await asyncio.sleep(PAUSE)

    async def events(self, limit: int, after: int | None) -> list[EventRow]:
        """The moves after `after` in the order of their commits, with `shipment_id`."""
        return await self.database.fetch(
            EventRow,
            f"""
            SELECT events.id, shipment_id, order_id, order_identity, events.status, timestamp
            FROM events
            JOIN shipments ON shipments.id = shipment_id
            WHERE events.id > $1
            ORDER BY events.id
            LIMIT {limit:d}
            """,
            after or 0,
        )

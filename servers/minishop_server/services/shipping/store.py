"""All the SQL of Shipping."""

from __future__ import annotations

from collections.abc import Collection

from ...kit.clock import now
from ...kit.database import Connection, Database, Row

SHIPMENT = "id, order_id, order_identity, status, user_id, recipient, moves, created_at"


class Store:
    """Shipments, one for each order, and the feed of their moves."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open(
        self,
        order_id: str,
        identity: str | None,
        address: str,
        carrier: str,
        user_id: int | None,
        recipient: str | None,
    ) -> tuple[Row, bool]:
        """The shipment of the order, and whether this call made it."""
        new = await self.database.returning(
            "INSERT INTO shipments"
            " (id, order_id, address, carrier, status, user_id, recipient, created_at, order_identity)"
            f" VALUES ({self.database.next_id('shipments')}, $1, $2, $3, 'in_transit', $4, $5, $6, $7)"
            f" ON CONFLICT (order_id) DO NOTHING RETURNING {SHIPMENT}",
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
        """The highest number of an order that has a shipment; 0 where none has."""
        row = await self.database.fetchrow(
            "SELECT CAST(SUBSTR(order_id, 5) AS INTEGER) AS number FROM shipments WHERE order_identity IS NOT NULL"
            " ORDER BY CAST(SUBSTR(order_id, 5) AS INTEGER) DESC LIMIT 1"
        )
        return 0 if row is None else int(row["number"])

    async def shipment(self, order_id: str) -> Row | None:
        return await self.database.fetchrow(f"SELECT {SHIPMENT} FROM shipments WHERE order_id = $1", order_id)

    async def move(
        self, connection: Connection, order_id: str, status: str, allowed_from: Collection[str]
    ) -> Row | None:
        """The shipment in its new state, where it was in one of these before; the move is in the feed."""
        places = ", ".join(f"${number}" for number in range(3, 3 + len(allowed_from)))
        moved = await connection.fetchrow(
            "UPDATE shipments SET status = $2, moves = moves + 1"
            f" WHERE order_id = $1 AND status IN ({places}) RETURNING {SHIPMENT}",
            order_id,
            status,
            *allowed_from,
        )
        if moved is not None:
            number = await connection.fetchrow("UPDATE feed SET last = last + 1 RETURNING last")
            assert number is not None
            await connection.execute(
                "INSERT INTO events (id, shipment_id, status, timestamp) VALUES ($1, $2, $3, $4)",
                number["last"],
                moved["id"],
                status,
                now(),
            )
        return moved

    async def mark_cancelled(self, connection: Connection, order_id: str, identity: str | None) -> bool:
        """Leave a mark that a late shipment runs into; false where there is a shipment."""
        marked = await connection.execute(
            "INSERT INTO shipments (id, order_id, status, created_at, order_identity)"
            f" VALUES ({self.database.next_id('shipments')}, $1, 'cancelled', $2, $3)"
            " ON CONFLICT (order_id) DO NOTHING",
            order_id,
            now(),
            identity,
        )
        return marked == 1

    async def shipments(self, limit: int, after: int | None) -> list[Row]:
        """The oldest first, from the one after `after` on."""
        return await self.database.fetch(
            f"SELECT {SHIPMENT} FROM shipments WHERE id > $1 ORDER BY id LIMIT $2", after or 0, limit
        )

    async def events(self, limit: int, after: int | None) -> list[Row]:
        """Moves in the order of their commits, from the one after `after` on; `shipment_id` says of which."""
        return await self.database.fetch(
            "SELECT events.id, shipment_id, order_id, order_identity, events.status, timestamp"
            " FROM events JOIN shipments ON shipments.id = shipment_id"
            " WHERE events.id > $1 ORDER BY events.id LIMIT $2",
            after or 0,
            limit,
        )

"""All the SQL of Shipping."""

from __future__ import annotations

from collections.abc import Collection

from ..kit.database import Database, Row
from ..kit.values import now

SHIPMENT = "id, order_id, status, user_id, recipient, moves, moves_told"


class Store:
    """Shipments, one for each order, and how many of their moves the customer knows."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open(
        self, order_id: str, address: str, carrier: str, user_id: int | None, recipient: str | None
    ) -> tuple[Row, bool]:
        """The shipment of the order, and whether this call made it."""
        new = await self.database.returning(
            "INSERT INTO shipments"
            " (order_id, address, carrier, status, user_id, recipient, created_at)"
            " VALUES ($1, $2, $3, 'in_transit', $4, $5, $6)"
            f" ON CONFLICT (order_id) DO NOTHING RETURNING {SHIPMENT}",
            order_id,
            address,
            carrier,
            user_id,
            recipient,
            now(),
        )
        row = new or await self.database.fetchrow(f"SELECT {SHIPMENT} FROM shipments WHERE order_id = $1", order_id)
        assert row is not None
        return row, new is not None

    async def shipment(self, order_id: str) -> Row | None:
        return await self.database.fetchrow(f"SELECT {SHIPMENT} FROM shipments WHERE order_id = $1", order_id)

    async def move(self, order_id: str, status: str, allowed_from: Collection[str]) -> Row | None:
        """The shipment in its new state, where it was in one of these before."""
        places = ", ".join(f"${number}" for number in range(3, 3 + len(allowed_from)))
        return await self.database.returning(
            "UPDATE shipments SET status = $2, moves = moves + 1"
            f" WHERE order_id = $1 AND status IN ({places}) RETURNING {SHIPMENT}",
            order_id,
            status,
            *allowed_from,
        )

    async def told(self, order_id: str, moves: int) -> None:
        """Record that the customer knows of this many moves."""
        await self.database.execute(
            "UPDATE shipments SET moves_told = $2 WHERE order_id = $1 AND moves_told < $2",
            order_id,
            moves,
        )

    async def untold(self) -> list[Row]:
        """Shipments with moves that the customer does not know of yet."""
        return await self.database.fetch(
            f"SELECT {SHIPMENT} FROM shipments WHERE moves_told < moves ORDER BY id LIMIT 100"
        )

"""All the SQL of service accounts."""

from __future__ import annotations

from ....kit.clock import now
from ....kit.database import Connection, Database, Row


class Store:
    """The hashes of their secrets; one that has a slot is valid."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def secrets(self, client_id: str, within: Connection | None = None) -> list[Row]:
        """Those of a client, the oldest first."""
        return await (within or self._database).fetch(
            "SELECT id, secret_hash, slot FROM client_secrets WHERE client_id = $1 ORDER BY id", client_id
        )

    async def valid(self) -> list[Row]:
        """Those of all clients that are valid."""
        return await self._database.fetch(
            "SELECT client_id, created_at FROM client_secrets WHERE slot IS NOT NULL ORDER BY client_id, id"
        )

    async def add(self, client_id: str, secret_hash: str, slot: int, within: Connection) -> bool:
        """Add a valid secret, unless its slot is taken or it is there already; whether it was added."""
        added = await within.execute(
            "INSERT INTO client_secrets (client_id, secret_hash, slot, created_at) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT DO NOTHING",
            client_id,
            secret_hash,
            slot,
            now(),
        )
        return added == 1

    async def retire(self, id: int, within: Connection) -> None:
        """Revoke the secret permanently."""
        await within.execute("UPDATE client_secrets SET slot = NULL WHERE id = $1", id)

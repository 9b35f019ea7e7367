"""All the SQL of service accounts."""

from __future__ import annotations

from typing import Literal, TypedDict

from ....kit.clock import Timestamp, now
from ....kit.database import Connection, Database, columns

Slot = Literal[1, 2]


class SecretRow(TypedDict):
    """A secret of a client, which is valid if it has a slot."""

    id: int
    secret_hash: str
    slot: Slot | None


class ClientRow(TypedDict):
    """A valid secret, as an operator sees it."""

    client_id: str
    created_at: Timestamp


SECRET, CLIENT = columns(SecretRow), columns(ClientRow)


class Store:
    """The SQL of the hashes of secrets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def secrets(self, client_id: str, within: Connection | None = None) -> list[SecretRow]:
        """Those of a client, the oldest first."""
        sql = f"SELECT {SECRET} FROM client_secrets WHERE client_id = $1 ORDER BY id"
        return await (within or self._database).fetch(SecretRow, sql, client_id)

    async def valid(self) -> list[ClientRow]:
        """Those of all clients that are valid."""
        sql = f"SELECT {CLIENT} FROM client_secrets WHERE slot IS NOT NULL ORDER BY client_id, id"
        return await self._database.fetch(ClientRow, sql)

    async def add(self, client_id: str, secret_hash: str, slot: Slot, within: Connection) -> bool:
        """Add a valid secret, and return False if its slot is taken or the secret exists already."""
        added = await within.execute(
            """
            INSERT INTO client_secrets (client_id, secret_hash, slot, created_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """,
            client_id,
            secret_hash,
            slot,
            now(),
        )
        return added == 1

    async def retire(self, id: int, within: Connection) -> None:
        """Revoke the secret permanently."""
        await within.execute("UPDATE client_secrets SET slot = NULL WHERE id = $1", id)

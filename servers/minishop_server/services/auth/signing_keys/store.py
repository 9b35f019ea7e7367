"""All the SQL of the signing keys."""

from __future__ import annotations

from typing import TypedDict

from ....kit.clock import Timestamp
from ....kit.database import Connection, Database, columns


class KeyRow(TypedDict):
    """A key, encrypted."""

    kid: str
    private_key: str
    created_at: Timestamp
    signs_from: Timestamp


KEY = columns(KeyRow)


class Store:
    """Keys, encrypted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keys(self, within: Connection | None = None) -> list[KeyRow]:
        """All of them, in the order in which they sign."""
        return await (within or self._database).fetch(
            KeyRow, f"SELECT {KEY} FROM signing_keys ORDER BY signs_from, kid"
        )

    async def add(
        self,
        kid: str,
        private_key: str,
        created_at: Timestamp,
        signs_from: Timestamp,
        *,
        follows: str,
        within: Connection | None = None,
    ) -> bool:
        """Add a key, and return False if the key that it follows already has a successor."""
        added = await (within or self._database).execute(
            """
            INSERT INTO signing_keys (kid, private_key, created_at, signs_from, follows)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (follows) DO NOTHING
            """,
            kid,
            private_key,
            created_at,
            signs_from,
            follows,
        )
        return added == 1

    async def delete(self, kid: str, within: Connection | None = None) -> None:
        await (within or self._database).execute("DELETE FROM signing_keys WHERE kid = $1", kid)

"""All the SQL of mailed links."""

from __future__ import annotations

from typing import TypedDict

from ....kit.database import Connection, Database, delete_in_parts
from ....kit.ids import UserId
from ..rows import Owner
from ..unix_seconds import UnixSeconds


class LinkRow(TypedDict):
    """Whose a token was, and the address that it was mailed to."""

    user_id: UserId
    email: str


class Store:
    """Hashes of tokens, each for a purpose and of a user with the address that it was mailed to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, token_hash: str, purpose: str, user_id: UserId, email: str, ends: UnixSeconds) -> None:
        """Add a token if there is such a user.

        The statement is the same if there is none, so that its time reveals nothing.
        """
        await self._database.execute(
            """
            INSERT INTO links (token_hash, purpose, user_id, email, ends)
            SELECT $1, $2, id, $4, $5
            FROM users
            WHERE id = $3
            """,
            token_hash,
            purpose,
            user_id,
            email,
            ends,
        )

    async def holder(self, token_hash: str, purpose: str, now: UnixSeconds) -> Owner | None:
        """Whose token it is, while it holds: the address is still theirs."""
        return await self._database.fetchrow(
            Owner,
            """
            SELECT users.id, users.username, users.email
            FROM links
            JOIN users ON users.id = links.user_id AND users.email = links.email
            WHERE links.token_hash = $1 AND links.purpose = $2 AND links.ends > $3
            """,
            token_hash,
            purpose,
            now,
        )

    async def spend(self, connection: Connection, token_hash: str, purpose: str, now: UnixSeconds) -> LinkRow | None:
        """Delete a valid token and return its owner and address, or None if there is no such token."""
        return await connection.fetchrow(
            LinkRow,
            "DELETE FROM links WHERE token_hash = $1 AND purpose = $2 AND ends > $3 RETURNING user_id, email",
            token_hash,
            purpose,
            now,
        )

    async def drop(self, connection: Connection, user_id: UserId, purpose: str) -> None:
        """None of the user's tokens for this purpose holds any more."""
        await connection.execute("DELETE FROM links WHERE user_id = $1 AND purpose = $2", user_id, purpose)

    async def clean(self, now: UnixSeconds) -> None:
        """Delete expired rows."""
        await delete_in_parts(self._database, "links", "token_hash", "WHERE ends <= $1", now)

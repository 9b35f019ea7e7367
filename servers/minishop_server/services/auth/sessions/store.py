"""All the SQL of sessions."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import TypedDict

from ....kit.clock import Timestamp
from ....kit.database import PART, Connection, Database, columns, delete_in_parts
from ....kit.ids import SessionId, UserId
from ..rows import Role, UserWithPassword


class SessionRow(TypedDict):
    """A session, as its user sees it."""

    id: int
    session_id: SessionId
    created_at: Timestamp
    last_used_at: Timestamp
    good_until: Timestamp
    address: str


class RefreshedRow(TypedDict):
    """The session of a refresh token (its number is `session`), with its user."""

    session: int
    session_id: SessionId
    expires_at: Timestamp
    good_until: Timestamp
    revoked: int
    id: UserId
    username: str
    role: Role
    disabled: int


class EndedRow(TypedDict):
    """A session that was just ended."""

    session_id: SessionId


class RevocationRow(TypedDict):
    """An entry of the feed, whose tokens have all expired at `until`."""

    id: int
    session_id: SessionId
    until: Timestamp


SESSION, REVOCATION = columns(SessionRow), columns(RevocationRow)


class Store:
    """Sessions, their refresh tokens, and the feed of those that were ended. Times are texts, as everywhere.

    Transactions that end sessions lock the row of the feed first, then the user's row, then those of sessions: no two
    transactions wait for each other.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        return self._database.transaction()

    async def add(
        self,
        connection: Connection,
        session_id: SessionId,
        user: UserWithPassword,
        address: str,
        *,
        now: Timestamp,
        expires_at: Timestamp,
        good_until: Timestamp,
    ) -> int | None:
        """The number of a new session; None where the user is disabled, or has another role or password by now.

        The user's row is written so that a concurrent change of the account waits, and then finds the session.
        """
        same = await connection.execute(
            """
            UPDATE users
            SET disabled = 0
            WHERE id = $1 AND disabled = 0 AND role = $2 AND password_hash = $3
            """,
            user["id"],
            user["role"],
            user["password_hash"],
        )
        if not same:
            return None
        return await connection.fetchval(
            int,
            """
            INSERT INTO sessions (session_id, user_id, address, created_at, last_used_at, expires_at, good_until)
            VALUES ($1, $2, $3, $4, $4, $5, $6)
            RETURNING id
            """,
            session_id,
            user["id"],
            address,
            now,
            expires_at,
            good_until,
        )

    async def add_refresh_token(self, connection: Connection, token_hash: str, session: int) -> None:
        await connection.execute(
            "INSERT INTO refresh_tokens (token_hash, session) VALUES ($1, $2)", token_hash, session
        )

    async def by_refresh_token(self, token_hash: str) -> RefreshedRow | None:
        return await self._database.fetchrow(
            RefreshedRow,
            """
            SELECT session, session_id, expires_at, good_until, revoked, users.id, username, role, disabled
            FROM refresh_tokens
            JOIN sessions ON sessions.id = session
            JOIN users ON users.id = user_id
            WHERE token_hash = $1
            """,
            token_hash,
        )

    async def use_refresh_token(self, connection: Connection, token_hash: str) -> bool:
        """Whether this is the first use."""
        changed = await connection.execute(
            "UPDATE refresh_tokens SET used = 1 WHERE token_hash = $1 AND used = 0", token_hash
        )
        return changed == 1

    async def renew(self, connection: Connection, session: int, now: Timestamp, good_until: Timestamp) -> bool:
        """Whether the session is not over, and goes on."""
        changed = await connection.execute(
            """
            UPDATE sessions
            SET last_used_at = $2, good_until = $3
            WHERE id = $1 AND revoked = 0 AND good_until > $2
            """,
            session,
            now,
            good_until,
        )
        return changed == 1

    async def live(self, user_id: UserId, now: Timestamp, limit: int, after: int | None) -> list[SessionRow]:
        return await self._database.fetch(
            SessionRow,
            f"""
            SELECT {SESSION}
            FROM sessions
            WHERE user_id = $1 AND id > $2 AND revoked = 0 AND good_until > $3
            ORDER BY id
            LIMIT {limit:d}
            """,
            user_id,
            after or 0,
            now,
        )

    async def end(
        self, connection: Connection, session_id: SessionId, user_id: UserId, now: Timestamp, until: Timestamp
    ) -> list[SessionId]:
        """End an active session of the user, add it to the feed, and return its id.

        The list is empty if there is no such session.
        """
        await self.take_turn(connection)
        rows = await connection.fetch(
            EndedRow,
            """
            UPDATE sessions
            SET revoked = 1
            WHERE session_id = $1 AND user_id = $2 AND revoked = 0 AND good_until > $3
            RETURNING session_id
            """,
            session_id,
            user_id,
            now,
        )
        return await self._publish(connection, rows, until)

    async def end_all(
        self, connection: Connection, user_id: UserId, keep: SessionId | None, until: Timestamp
    ) -> list[SessionId]:
        """End the active sessions of the user except `keep`, add them to the feed, and return their ids."""
        await self.take_turn(connection)
        rows = await connection.fetch(
            EndedRow,
            """
            UPDATE sessions
            SET revoked = 1
            WHERE user_id = $1 AND revoked = 0 AND session_id <> $2
            RETURNING session_id
            """,
            user_id,
            keep or "",
        )
        return await self._publish(connection, rows, until)

    async def end_everyones(self) -> None:
        """End the active sessions of all users, in one short transaction after another."""
        last = await self._database.fetchval(int, "SELECT MAX(id) FROM sessions") or 0
        for first in range(0, last + 1, PART):
            sql = "UPDATE sessions SET revoked = 1 WHERE id >= $1 AND id < $2 AND revoked = 0"
            await self._database.execute(sql, first, first + PART)

    async def take_turn(self, connection: Connection) -> None:
        """Be the only one that ends sessions or takes an admin's rights, until the transaction ends."""
        await connection.execute("UPDATE revocation_feed SET last = last")

    async def _publish(self, connection: Connection, rows: list[EndedRow], until: Timestamp) -> list[SessionId]:
        ended = [row["session_id"] for row in rows]
        if ended:
            sql = "UPDATE revocation_feed SET last = last + $1 RETURNING last"
            last = await connection.fetchval(int, sql, len(ended))
            assert last is not None
            for number, session_id in enumerate(ended, last - len(ended) + 1):
                await connection.execute(
                    "INSERT INTO revocations (id, session_id, until) VALUES ($1, $2, $3)", number, session_id, until
                )
        return ended

    async def revocations(self, limit: int, after: int | None, now: Timestamp) -> list[RevocationRow]:
        return await self._database.fetch(
            RevocationRow,
            f"SELECT {REVOCATION} FROM revocations WHERE id > $1 AND until > $2 ORDER BY id LIMIT {limit:d}",
            after or 0,
            now,
        )

    async def holds(self, user_id: UserId, session_id: SessionId | None, now: Timestamp) -> bool:
        """Whether the account is enabled and the session, if there is one, was not ended."""
        found = await self._database.fetchval(
            int,
            """
            SELECT 1
            FROM users
            WHERE id = $1
                AND disabled = 0
                AND (CAST($2 AS TEXT) IS NULL OR EXISTS (
                    SELECT 1
                    FROM sessions
                    WHERE session_id = $2 AND user_id = $1 AND revoked = 0 AND good_until > $3
                ))
            """,
            user_id,
            session_id,
            now,
        )
        return found is not None

    async def forget(self, now: Timestamp, long_ago: Timestamp) -> None:
        """Remove sessions that are over since long ago, and entries of the feed that say nothing any more."""
        await delete_in_parts(self._database, "revocations", "id", "WHERE until <= $1", now)
        tokens = "JOIN sessions ON sessions.id = session WHERE good_until <= $1"
        await delete_in_parts(self._database, "refresh_tokens", "token_hash", tokens, long_ago)
        await delete_in_parts(self._database, "sessions", "id", "WHERE good_until <= $1", long_ago)

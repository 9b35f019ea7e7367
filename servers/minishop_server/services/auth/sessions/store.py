"""All the SQL of sessions."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from ....kit.database import Connection, Database, Row


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
        session_id: str,
        user: Row,
        address: str,
        *,
        now: str,
        expires_at: str,
        good_until: str,
    ) -> int | None:
        """The number of a new session; None where the user is disabled, or has another role or password by now.

        The user's row is written so that a concurrent change of the account waits, and then finds the session.
        """
        same = await connection.execute(
            "UPDATE users SET disabled = 0 WHERE id = $1 AND disabled = 0 AND role = $2 AND password_hash = $3",
            user["id"],
            user["role"],
            user["password_hash"],
        )
        if not same:
            return None
        row = await connection.fetchrow(
            "INSERT INTO sessions (session_id, user_id, address, created_at, last_used_at, expires_at, good_until)"
            " VALUES ($1, $2, $3, $4, $4, $5, $6) RETURNING id",
            session_id,
            user["id"],
            address,
            now,
            expires_at,
            good_until,
        )
        assert row is not None
        return int(row["id"])

    async def add_refresh_token(self, connection: Connection, token_hash: str, session: int) -> None:
        await connection.execute(
            "INSERT INTO refresh_tokens (token_hash, session) VALUES ($1, $2)", token_hash, session
        )

    async def by_refresh_token(self, token_hash: str) -> Row | None:
        """The session (its number is `session`) with its user (`id`, `username`, `role`, `disabled`)."""
        return await self._database.fetchrow(
            "SELECT session, session_id, expires_at, good_until, revoked, users.id, username, role, disabled"
            " FROM refresh_tokens JOIN sessions ON sessions.id = session JOIN users ON users.id = user_id"
            " WHERE token_hash = $1",
            token_hash,
        )

    async def use_refresh_token(self, connection: Connection, token_hash: str) -> bool:
        """Whether this is the first use."""
        changed = await connection.execute(
            "UPDATE refresh_tokens SET used = 1 WHERE token_hash = $1 AND used = 0", token_hash
        )
        return changed == 1

    async def renew(self, connection: Connection, session: int, now: str, good_until: str) -> bool:
        """Whether the session is not over, and goes on."""
        changed = await connection.execute(
            "UPDATE sessions SET last_used_at = $2, good_until = $3 WHERE id = $1 AND revoked = 0 AND good_until > $2",
            session,
            now,
            good_until,
        )
        return changed == 1

    async def live(self, user_id: int, now: str, limit: int, after: int | None) -> list[Row]:
        return await self._database.fetch(
            "SELECT id, session_id, created_at, last_used_at, good_until, address FROM sessions"
            " WHERE user_id = $1 AND id > $2 AND revoked = 0 AND good_until > $3 ORDER BY id LIMIT $4",
            user_id,
            after or 0,
            now,
            limit,
        )

    async def end(self, connection: Connection, session_id: str, user_id: int, now: str, until: str) -> list[str]:
        """The id of the session if it was the user's and not over; it is in the feed."""
        await self.take_turn(connection)
        rows = await connection.fetch(
            "UPDATE sessions SET revoked = 1"
            " WHERE session_id = $1 AND user_id = $2 AND revoked = 0 AND good_until > $3 RETURNING session_id",
            session_id,
            user_id,
            now,
        )
        return await self._publish(connection, rows, until)

    async def end_all(self, connection: Connection, user_id: int, keep: str | None, until: str) -> list[str]:
        """The ids of the user's sessions that were not ended before, but for the one to keep; they are in the feed."""
        await self.take_turn(connection)
        rows = await connection.fetch(
            "UPDATE sessions SET revoked = 1 WHERE user_id = $1 AND revoked = 0 AND session_id <> $2"
            " RETURNING session_id",
            user_id,
            keep or "",
        )
        return await self._publish(connection, rows, until)

    async def take_turn(self, connection: Connection) -> None:
        """Be the only one that ends sessions or takes an admin's rights, until the transaction ends."""
        await connection.execute("UPDATE revocation_feed SET last = last")

    async def _publish(self, connection: Connection, rows: list[Row], until: str) -> list[str]:
        ended = [row["session_id"] for row in rows]
        if ended:
            feed = await connection.fetchrow("UPDATE revocation_feed SET last = last + $1 RETURNING last", len(ended))
            assert feed is not None
            for number, session_id in enumerate(ended, feed["last"] - len(ended) + 1):
                await connection.execute(
                    "INSERT INTO revocations (id, session_id, until) VALUES ($1, $2, $3)", number, session_id, until
                )
        return ended

    async def revocations(self, limit: int, after: int | None, now: str) -> list[Row]:
        return await self._database.fetch(
            "SELECT id, session_id, until FROM revocations WHERE id > $1 AND until > $2 ORDER BY id LIMIT $3",
            after or 0,
            now,
            limit,
        )

    async def holds(self, user_id: int, session_id: str | None, now: str) -> bool:
        """Whether the account is enabled and the session, if there is one, was not ended."""
        row = await self._database.fetchrow(
            "SELECT 1 FROM users WHERE id = $1 AND disabled = 0 AND (CAST($2 AS TEXT) IS NULL OR EXISTS"
            " (SELECT 1 FROM sessions WHERE session_id = $2 AND user_id = $1 AND revoked = 0 AND good_until > $3))",
            user_id,
            session_id,
            now,
        )
        return row is not None

    async def forget(self, now: str, long_ago: str) -> None:
        """Remove sessions that are over since long ago, and entries of the feed that say nothing any more."""
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM revocations WHERE until <= $1", now)
            await connection.execute(
                "DELETE FROM refresh_tokens WHERE session IN (SELECT id FROM sessions WHERE good_until <= $1)", long_ago
            )
            await connection.execute("DELETE FROM sessions WHERE good_until <= $1", long_ago)

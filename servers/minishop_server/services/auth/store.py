"""All the SQL of accounts."""

from __future__ import annotations

from ...kit.clock import now
from ...kit.database import Connection, Database, Row

USER = "id, username, email, email_verified, pending_email, role, disabled, address, version, created_at"


class Store:
    """Accounts."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def add_user(
        self, connection: Connection, username: str, email: str, password_hash: str, role: str, address: str | None
    ) -> Row | None:
        """The new account; None where the name or the address is taken."""
        return await connection.fetchrow(
            "INSERT INTO users (id, username, email, password_hash, role, address, created_at)"
            f" VALUES ({self.database.next_id('users')}, $1, $2, $3, $4, $5, $6)"
            f" ON CONFLICT DO NOTHING RETURNING {USER}",
            username,
            email,
            password_hash,
            role,
            address,
            now(),
        )

    async def taken(self, username: str, email: str) -> Row | None:
        """Whether the name (`username`) and the address (`email`) are in use."""
        return await self.database.fetchrow(
            "SELECT EXISTS (SELECT 1 FROM users WHERE username = $1) AS username,"
            " EXISTS (SELECT 1 FROM users WHERE email = $2) AS email",
            username,
            email,
        )

    async def user(self, user_id: int) -> Row | None:
        return await self.database.fetchrow(f"SELECT {USER} FROM users WHERE id = $1", user_id)

    async def users(self, limit: int, after: int | None) -> list[Row]:
        """Accounts by number, from the one after `after` on."""
        return await self.database.fetch(
            f"SELECT {USER} FROM users WHERE id > $1 ORDER BY id LIMIT $2", after or 0, limit
        )

    async def user_with_password(self, username: str) -> Row | None:
        return await self.database.fetchrow(f"SELECT {USER}, password_hash FROM users WHERE username = $1", username)

    async def user_of_email(self, email: str) -> Row | None:
        return await self.database.fetchrow(f"SELECT {USER} FROM users WHERE email = $1", email)

    async def password_hash(self, user_id: int) -> str | None:
        row = await self.database.fetchrow("SELECT password_hash FROM users WHERE id = $1", user_id)
        return None if row is None else row["password_hash"]

    async def set_password(self, connection: Connection, user_id: int, new: str, old: str | None = None) -> bool:
        """Whether the hash is `new` now; only if it was `old`, unless `old` is None."""
        count = await connection.execute(
            "UPDATE users SET password_hash = $2 WHERE id = $1 AND (CAST($3 AS TEXT) IS NULL OR password_hash = $3)",
            user_id,
            new,
            old,
        )
        return count > 0

    async def verify_email(self, connection: Connection, user_id: int, email: str) -> str | None:
        """The address that the account had before, where this one is or becomes its verified address; else None.

        Raises:
            Conflict: another account has it by now.
        """
        before = await connection.fetchrow(
            "SELECT email FROM users WHERE id = $1 AND (email = $2 OR pending_email = $2)", user_id, email
        )
        changed = await connection.execute(
            "UPDATE users SET email = $2, email_verified = 1, version = version + 1,"
            " pending_email = CASE WHEN pending_email = $2 THEN NULL ELSE pending_email END"
            " WHERE id = $1 AND email = $3 AND (email = $2 OR pending_email = $2)",
            user_id,
            email,
            None if before is None else before["email"],
        )
        return before["email"] if before is not None and changed else None

    async def update_user(
        self, connection: Connection, user_id: int, version: int, pending_email: str | None, address: str | None
    ) -> Row | None:
        """The edited account, if this was its version; None keeps a value. Its own address ends a pending one."""
        return await connection.fetchrow(
            "UPDATE users SET address = COALESCE($4, address), pending_email = CASE WHEN CAST($3 AS TEXT) IS NULL"
            " THEN pending_email WHEN CAST($3 AS TEXT) = email THEN NULL ELSE $3 END,"
            f" version = version + 1 WHERE id = $1 AND version = $2 RETURNING {USER}",
            user_id,
            version,
            pending_email,
            address,
        )

    async def drop_pending_email(self, connection: Connection, user_id: int) -> None:
        """No other address is to become the account's."""
        await connection.execute(
            "UPDATE users SET pending_email = NULL, version = version + 1 WHERE id = $1 AND pending_email IS NOT NULL",
            user_id,
        )

    async def set_rights(
        self, connection: Connection, user_id: int, version: int, role: str | None, disabled: bool | None
    ) -> Row | None:
        """The edited account, if this was its version; None keeps a value. A disabled one has no pending address."""
        return await connection.fetchrow(
            "UPDATE users SET role = COALESCE($3, role), disabled = COALESCE($4, disabled),"
            " pending_email = CASE WHEN COALESCE($4, disabled) = 1 THEN NULL ELSE pending_email END,"
            f" version = version + 1 WHERE id = $1 AND version = $2 RETURNING {USER}",
            user_id,
            version,
            role,
            None if disabled is None else int(disabled),
        )

    async def has_admin(self, connection: Connection) -> bool:
        """Whether there is an admin who can sign in."""
        return await connection.fetchrow("SELECT 1 FROM users WHERE role = 'admin' AND disabled = 0") is not None

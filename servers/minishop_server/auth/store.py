"""All the SQL of accounts."""

from __future__ import annotations

from ..kit.database import Connection, Database, Row
from ..kit.values import now

USER = "id, username, email, email_verified, role, disabled, address, version, created_at"


class Store:
    """Accounts."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def add_user(
        self, connection: Connection, username: str, email: str, password_hash: str, role: str, address: str | None
    ) -> Row | None:
        """The new account; None where the name or the address is taken."""
        return await connection.fetchrow(
            "INSERT INTO users (username, email, password_hash, role, address, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6)"
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
        """Whether the hash is `new` now: where it was `old`, or whatever it was."""
        count = await connection.execute(
            "UPDATE users SET password_hash = $2 WHERE id = $1 AND (CAST($3 AS TEXT) IS NULL OR password_hash = $3)",
            user_id,
            new,
            old,
        )
        return count > 0

    async def verify_email(self, connection: Connection, user_id: int, email: str) -> bool:
        """Whether the account still has this address, which is verified now."""
        count = await connection.execute(
            "UPDATE users SET email_verified = 1, version = version + 1 WHERE id = $1 AND email = $2", user_id, email
        )
        return count > 0

    async def email_owner(self, email: str) -> int | None:
        """The number of the account with this address."""
        row = await self.database.fetchrow("SELECT id FROM users WHERE email = $1", email)
        return None if row is None else row["id"]

    async def update_user(self, user_id: int, version: int, email: str | None, address: str | None) -> Row | None:
        """The edited account, where this was its version; what is None stays. Another e-mail address is unverified."""
        return await self.database.returning(
            "UPDATE users SET email = COALESCE($3, email), address = COALESCE($4, address),"
            " email_verified = CASE WHEN COALESCE($3, email) = email THEN email_verified ELSE 0 END,"
            f" version = version + 1 WHERE id = $1 AND version = $2 RETURNING {USER}",
            user_id,
            version,
            email,
            address,
        )

    async def set_rights(
        self, connection: Connection, user_id: int, version: int, role: str | None, disabled: bool | None
    ) -> Row | None:
        """The edited account, where this was its version; what is None stays."""
        return await connection.fetchrow(
            "UPDATE users SET role = COALESCE($3, role), disabled = COALESCE($4, disabled),"
            f" version = version + 1 WHERE id = $1 AND version = $2 RETURNING {USER}",
            user_id,
            version,
            role,
            None if disabled is None else int(disabled),
        )

    async def has_admin(self, connection: Connection) -> bool:
        """Whether there is an admin who can sign in."""
        return await connection.fetchrow("SELECT 1 FROM users WHERE role = 'admin' AND disabled = 0") is not None

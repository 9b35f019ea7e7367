"""All the SQL of accounts."""

from __future__ import annotations

from ...kit.clock import now
from ...kit.database import Connection, Database, Listing, columns
from ...kit.ids import UserId
from .rows import Role, Taken, UserRow, UserWithPassword

USER, USER_WITH_PASSWORD = columns(UserRow), columns(UserWithPassword)


class Store:
    """Accounts."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def add_user(
        self, connection: Connection, username: str, email: str, password_hash: str, role: Role, address: str | None
    ) -> UserRow | None:
        """The new account, or None if the name or the address is taken."""
        return await connection.fetchrow(
            UserRow,
            f"""
            INSERT INTO users (id, username, email, password_hash, role, address, created_at)
            VALUES ({self.database.next_id("users")}, $1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING
            RETURNING {USER}
            """,
            username,
            email,
            password_hash,
            role,
            address,
            now(),
        )

    async def taken(self, username: str, email: str) -> Taken | None:
        """Whether the name and the address are in use."""
        return await self.database.fetchrow(
            Taken,
            """
            SELECT
                EXISTS (SELECT 1 FROM users WHERE username = $1) AS username,
                EXISTS (SELECT 1 FROM users WHERE email = $2) AS email
            """,
            username,
            email,
        )

    async def user(self, user_id: UserId) -> UserRow | None:
        return await self.database.fetchrow(UserRow, f"SELECT {USER} FROM users WHERE id = $1", user_id)

    async def users(self, limit: int, after: int | None) -> list[UserRow]:
        """Accounts by number, from the one after `after` on."""
        listing = Listing("users", UserRow, after=None if after is None else [after])
        return await listing.page(self.database, UserRow, limit)

    async def user_with_password(self, username: str) -> UserWithPassword | None:
        sql = f"SELECT {USER_WITH_PASSWORD} FROM users WHERE username = $1"
        return await self.database.fetchrow(UserWithPassword, sql, username)

    async def user_of_email(self, email: str) -> UserRow | None:
        return await self.database.fetchrow(UserRow, f"SELECT {USER} FROM users WHERE email = $1", email)

    async def password_hash(self, user_id: UserId) -> str | None:
        return await self.database.fetchval(str, "SELECT password_hash FROM users WHERE id = $1", user_id)

    async def set_password(self, connection: Connection, user_id: UserId, new: str, old: str | None = None) -> bool:
        """Set the hash to `new`, and return whether it was `old`.

        With None for `old`, any previous hash is replaced.
        """
        count = await connection.execute(
            """
            UPDATE users
            SET password_hash = $2
            WHERE id = $1 AND (CAST($3 AS TEXT) IS NULL OR password_hash = $3)
            """,
            user_id,
            new,
            old,
        )
        return count > 0

    async def verify_email(self, connection: Connection, user_id: UserId, email: str) -> str | None:
        """The address that the account had before, where this one is or becomes its verified address; else None.

        Raises:
            Conflict: another account has it by now.
        """
        before = await connection.fetchval(
            str, "SELECT email FROM users WHERE id = $1 AND (email = $2 OR pending_email = $2)", user_id, email
        )
        changed = await connection.execute(
            """
            UPDATE users
            SET email = $2,
                email_verified = 1,
                version = version + 1,
                pending_email = CASE WHEN pending_email = $2 THEN NULL ELSE pending_email END
            WHERE id = $1 AND email = $3 AND (email = $2 OR pending_email = $2)
            """,
            user_id,
            email,
            before,
        )
        return before if changed else None

    async def update_user(
        self, connection: Connection, user_id: UserId, version: int, pending_email: str | None, address: str | None
    ) -> UserRow | None:
        """The edited account, or None if it has another version.

        An argument of None keeps the value. The present address as the new one removes a pending one.
        """
        return await connection.fetchrow(
            UserRow,
            f"""
            UPDATE users
            SET address = COALESCE($4, address),
                pending_email = CASE
                    WHEN CAST($3 AS TEXT) IS NULL THEN pending_email
                    WHEN CAST($3 AS TEXT) = email THEN NULL
                    ELSE $3
                END,
                version = version + 1
            WHERE id = $1 AND version = $2
            RETURNING {USER}
            """,
            user_id,
            version,
            pending_email,
            address,
        )

    async def drop_pending_email(self, connection: Connection, user_id: UserId) -> None:
        """No other address is to become the account's."""
        await connection.execute(
            """
            UPDATE users
            SET pending_email = NULL, version = version + 1
            WHERE id = $1 AND pending_email IS NOT NULL
            """,
            user_id,
        )

    async def set_rights(
        self, connection: Connection, user_id: UserId, version: int, role: Role | None, disabled: bool | None
    ) -> UserRow | None:
        """The edited account, or None if it has another version.

        An argument of None keeps the value. A disabled account loses its pending address.
        """
        return await connection.fetchrow(
            UserRow,
            f"""
            UPDATE users
            SET role = COALESCE($3, role),
                disabled = COALESCE($4, disabled),
                pending_email = CASE WHEN COALESCE($4, disabled) = 1 THEN NULL ELSE pending_email END,
                version = version + 1
            WHERE id = $1 AND version = $2
            RETURNING {USER}
            """,
            user_id,
            version,
            role,
            None if disabled is None else int(disabled),
        )

    async def has_admin(self, connection: Connection) -> bool:
        """Whether there is an admin who can sign in."""
        sql = "SELECT 1 FROM users WHERE role = 'admin' AND disabled = 0"
        return await connection.fetchval(int, sql) is not None

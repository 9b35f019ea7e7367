"""All the SQL of Auth."""

from __future__ import annotations

from ..kit.database import Database, Row
from ..kit.values import now

USER = "id, username, email, role, address, version, created_at"


class Store:
    """Accounts, service credentials and signing keys."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def add_user(
        self, username: str, email: str, password_hash: str, role: str, address: str | None
    ) -> Row | None:
        """The new account; None where the name or the address is taken."""
        return await self.database.returning(
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

    async def email_owner(self, email: str) -> int | None:
        """The number of the account with this address."""
        row = await self.database.fetchrow("SELECT id FROM users WHERE email = $1", email)
        return None if row is None else row["id"]

    async def update_user(self, user_id: int, version: int, email: str | None, address: str | None) -> Row | None:
        """The edited account, where this was its version; what is None stays."""
        return await self.database.returning(
            "UPDATE users SET email = COALESCE($3, email), address = COALESCE($4, address),"
            f" version = version + 1 WHERE id = $1 AND version = $2 RETURNING {USER}",
            user_id,
            version,
            email,
            address,
        )

    async def client_secret_hash(self, client_id: str) -> str | None:
        row = await self.database.fetchrow("SELECT secret_hash FROM clients WHERE client_id = $1", client_id)
        return None if row is None else row["secret_hash"]

    async def put_client(self, client_id: str, secret_hash: str) -> None:
        await self.database.execute(
            "INSERT INTO clients (client_id, secret_hash) VALUES ($1, $2)"
            " ON CONFLICT (client_id) DO UPDATE SET secret_hash = EXCLUDED.secret_hash",
            client_id,
            secret_hash,
        )

    async def keys(self) -> list[Row]:
        """All signing keys, the newest first."""
        return await self.database.fetch("SELECT kid, private_key FROM signing_keys ORDER BY created_at DESC, kid")

    async def add_key(self, kid: str, private_key: str) -> None:
        await self.database.execute(
            "INSERT INTO signing_keys (kid, private_key, created_at) VALUES ($1, $2, $3)",
            kid,
            private_key,
            now(),
        )

"""Accounts, the credentials of services, and the keys that tokens are signed with."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0001", None


def upgrade() -> None:
    run(
        """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            username TEXT NOT NULL UNIQUE,
            email TEXT NOT NULL UNIQUE,
            password_hash TEXT NOT NULL,
            role TEXT NOT NULL,
            address TEXT,
            version INTEGER NOT NULL DEFAULT 1,
            created_at TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE clients (
            client_id TEXT PRIMARY KEY,
            secret_hash TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE signing_keys (
            kid TEXT PRIMARY KEY,
            private_key TEXT NOT NULL,
            created_at TEXT NOT NULL
        )
        """,
    )
    identity("users")

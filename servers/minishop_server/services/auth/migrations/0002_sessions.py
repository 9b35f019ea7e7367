"""Sessions, their refresh tokens, the feed of those that were ended, and accounts that are disabled."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    run(
        "ALTER TABLE users ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0",
        """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY,
            session_id TEXT NOT NULL UNIQUE,
            user_id INTEGER NOT NULL REFERENCES users (id),
            address TEXT NOT NULL,
            created_at TEXT NOT NULL,
            last_used_at TEXT NOT NULL,
            -- However often it is used.
            expires_at TEXT NOT NULL,
            -- Unless it is used before; never after expires_at.
            good_until TEXT NOT NULL,
            revoked INTEGER NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX sessions_of_users ON sessions (user_id, id)",
        "CREATE INDEX sessions_by_end ON sessions (good_until)",
        """
        -- All that a session ever had: one that was used already gives away a thief.
        CREATE TABLE refresh_tokens (
            token_hash TEXT PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES sessions (id),
            used INTEGER NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX refresh_tokens_of_sessions ON refresh_tokens (session)",
        """
        -- One row: whoever ends sessions, or takes an admin's rights, holds it until the commit. So the numbers of the
        -- feed come in the order of the commits, and a reader that has seen one has seen all before it.
        CREATE TABLE revocation_feed (
            last INTEGER NOT NULL
        )
        """,
        "INSERT INTO revocation_feed (last) VALUES (0)",
        """
        CREATE TABLE revocations (
            id INTEGER PRIMARY KEY,
            session_id TEXT NOT NULL,
            -- No access token of the session lives any longer.
            until TEXT NOT NULL
        )
        """,
    )
    identity("sessions")

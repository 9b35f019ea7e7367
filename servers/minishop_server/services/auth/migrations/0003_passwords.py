"""Failed sign-ins, mailed links, and the audit log."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, on_postgresql, run

revision, down_revision = "0003", "0002"


REFUSE = """
    CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the audit log is append-only';
    END
    $$
"""


def upgrade() -> None:
    run(
        "ALTER TABLE users ADD COLUMN email_verified INTEGER NOT NULL DEFAULT 0",
        """
        -- Sign-ins that are not known to be good, by hashes. The address '' stands for all of them together.
        CREATE TABLE attempts (
            name TEXT NOT NULL,
            address TEXT NOT NULL,
            failures INTEGER NOT NULL,
            -- Seconds since 1970, as in the tables below.
            ends BIGINT NOT NULL,
            PRIMARY KEY (name, address)
        )
        """,
        "CREATE INDEX attempts_end ON attempts (ends)",
        """
        -- Hashes of the addresses that a user signed in from.
        CREATE TABLE known_addresses (
            user_id INTEGER NOT NULL REFERENCES users (id),
            address TEXT NOT NULL,
            seen BIGINT NOT NULL,
            PRIMARY KEY (user_id, address)
        )
        """,
        """
        CREATE TABLE links (
            -- SHA-256 of the token.
            token_hash TEXT PRIMARY KEY,
            purpose TEXT NOT NULL,
            user_id INTEGER NOT NULL REFERENCES users (id),
            -- Where it was mailed to.
            email TEXT NOT NULL,
            ends BIGINT NOT NULL
        )
        """,
        "CREATE INDEX links_user ON links (user_id)",
        "CREATE INDEX links_end ON links (ends)",
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            event TEXT NOT NULL,
            actor TEXT NOT NULL,
            subject TEXT,
            address TEXT NOT NULL,
            request_id TEXT NOT NULL,
            created_at TEXT NOT NULL
        )
        """,
        "CREATE INDEX audit_actor ON audit (actor, id)",
        "CREATE INDEX audit_subject ON audit (subject, id)",
        """
        CREATE TABLE work (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            payload TEXT NOT NULL,
            request_id TEXT NOT NULL,
            -- Milliseconds since 1970, before which it is left alone. While it is leased, the end of the lease.
            due BIGINT NOT NULL,
            token TEXT,
            attempts INTEGER NOT NULL,
            parked INTEGER NOT NULL DEFAULT 0,
            -- Why the last try failed.
            error TEXT,
            created_at TEXT NOT NULL,
            UNIQUE (key, kind)
        )
        """,
        "CREATE INDEX work_due ON work (due) WHERE parked = 0",
    )
    identity("audit", "work")
    _append_only()


def _append_only() -> None:
    """Let the database refuse whoever would change an event or take one away."""
    if on_postgresql():
        run(
            REFUSE,
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
            " EXECUTE FUNCTION audit_is_append_only()",
        )
        return
    for change in ("UPDATE", "DELETE"):
        run(
            f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit"
            " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )

"""Accounts, their sessions and passwords, the secrets of services, signing keys, and the audit log."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import identity, on_postgresql, run

revision, down_revision = "0100", None


def upgrade() -> None:
    _accounts()
    _sessions()
    _secrets()
    _audit_log()
    run(
        # The highest number that other services know, and the one that numbers go on from after a restore.
        "CREATE TABLE numbers (known INTEGER NOT NULL, floor INTEGER NOT NULL)",
        "INSERT INTO numbers (known, floor) VALUES (0, 0)",
        """
        CREATE TABLE work (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            payload TEXT NOT NULL,
            request_id TEXT NOT NULL,
            -- The span that added it, in whose trace it runs (W3C Trace Context), if any.
            traceparent TEXT NOT NULL DEFAULT '',
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
        "CREATE INDEX work_parked ON work (id) WHERE parked = 1",
    )
    identity("users", "sessions", "client_secrets", "audit", "work")


def _accounts() -> None:
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
            created_at TEXT NOT NULL,
            disabled INTEGER NOT NULL DEFAULT 0,
            email_verified INTEGER NOT NULL DEFAULT 0,
            -- The address that shall replace the other, until its owner has confirmed it.
            pending_email TEXT
        )
        """,
        "CREATE INDEX users_admins ON users (id) WHERE role = 'admin' AND disabled = 0",
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
    )


def _sessions() -> None:
    run(
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
        "CREATE INDEX sessions_not_revoked ON sessions (user_id, id) WHERE revoked = 0",
        "CREATE INDEX sessions_by_end ON sessions (good_until)",
        """
        -- Every token of a session: one that is used twice gives away a thief.
        CREATE TABLE refresh_tokens (
            token_hash TEXT PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES sessions (id),
            used INTEGER NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX refresh_tokens_of_sessions ON refresh_tokens (session)",
        """
        -- One row: a process that ends sessions, or takes an admin's rights, holds it until the commit. So the numbers
        -- of the feed come in the order of the commits, and a reader that has seen one has seen all before it.
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


def _secrets() -> None:
    run(
        # A key follows another one, or none (''); that no key is followed twice lets one of several replicas rotate.
        """
        CREATE TABLE signing_keys (
            kid TEXT PRIMARY KEY,
            private_key TEXT NOT NULL,
            created_at TEXT NOT NULL,
            signs_from TEXT NOT NULL,
            follows TEXT NOT NULL UNIQUE
        )
        """,
        # A valid secret has one of two slots; a retired one has none, and stays to be known as such.
        """
        CREATE TABLE client_secrets (
            id INTEGER PRIMARY KEY,
            client_id TEXT NOT NULL,
            secret_hash TEXT NOT NULL,
            slot INTEGER CHECK (slot IN (1, 2)),
            created_at TEXT NOT NULL,
            UNIQUE (client_id, secret_hash),
            UNIQUE (client_id, slot)
        )
        """,
    )


def _audit_log() -> None:
    run(
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
        # Only a list without filters has the condition. PostgreSQL would use the index for the others too, where it
        # believes that many rows pass all filters.
        "CREATE INDEX audit_time ON audit (created_at, id) WHERE id > 0",
    )
    for filters in (
        "event",
        "actor",
        "subject",
        "actor, event",
        "subject, event",
        "actor, subject",
        "actor, subject, event",
    ):
        run(f"CREATE INDEX audit_{filters.replace(', ', '_')}_time ON audit ({filters}, created_at, id)")
    run(
        # Events before this time may be deleted.
        "CREATE TABLE audit_start (kept_from TEXT NOT NULL)",
        "INSERT INTO audit_start (kept_from) VALUES ('')",
    )
    if on_postgresql():
        run(
            """
            CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the audit log is append-only';
            END
            $$
            """,
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR TRUNCATE ON audit"
            " EXECUTE FUNCTION audit_is_append_only()",
            """
            CREATE FUNCTION audit_loses_old_events() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF OLD.created_at >= (SELECT kept_from FROM audit_start) THEN
                    RAISE EXCEPTION 'the audit log is append-only';
                END IF;
                RETURN OLD;
            END
            $$
            """,
            "CREATE TRIGGER audit_only_old BEFORE DELETE ON audit"
            " FOR EACH ROW EXECUTE FUNCTION audit_loses_old_events()",
        )
        return
    only_new = "WHEN OLD.created_at >= (SELECT kept_from FROM audit_start)"
    for change, condition in (("UPDATE", ""), ("DELETE", only_new)):
        run(
            f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit {condition}"
            " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )

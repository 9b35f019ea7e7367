"""The life of signing keys, which are encrypted from here on, and two secrets for each service.

The keys that were here in plain text are not taken over: whoever once read the database or a copy of it has them.
Auth makes a new one when it starts, and users sign in again. So the version before cannot run beside this.
"""

from __future__ import annotations

from minishop_server.kit.clock import now
from minishop_server.kit.database.migration_helpers import identity, run, run_with

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    run(
        "DROP TABLE signing_keys",
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
    identity("client_secrets")
    run_with(
        "INSERT INTO client_secrets (client_id, secret_hash, slot, created_at)"
        " SELECT client_id, secret_hash, 1, CAST(:now AS TEXT) FROM clients",
        now=now(),
    )
    run("DROP TABLE clients")

"""The address that shall replace an account's, until its owner has confirmed it."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    run("ALTER TABLE users ADD COLUMN pending_email TEXT")

"""A job runs in the trace of the request that added it."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0008", "0007"


def upgrade() -> None:
    run("ALTER TABLE work ADD COLUMN traceparent TEXT NOT NULL DEFAULT ''")

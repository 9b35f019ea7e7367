"""A user's orders in one state, and parked or open work, are found however many there are."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    run(
        "CREATE INDEX orders_of_user_and_status ON orders (user_id, status, id)",
        # In two parts: SQLite prefers one index by `parked` to `work_due`, and would sort all open work by time.
        "CREATE INDEX work_parked ON work (id) WHERE parked = 1",
        "CREATE INDEX work_open ON work (id) WHERE parked = 0",
    )

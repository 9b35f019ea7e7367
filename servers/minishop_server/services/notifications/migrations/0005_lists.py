"""Messages to one address in one state, and parked work, are found however many there are."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    run(
        "CREATE INDEX notifications_of_recipient_and_status ON notifications (recipient, status, id)",
        "CREATE INDEX work_parked ON work (id) WHERE parked = 1",
    )

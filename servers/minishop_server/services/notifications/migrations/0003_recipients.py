"""Messages to one address are found however many there are."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    run("CREATE INDEX notifications_of_recipient ON notifications (recipient, id)")

"""Reservations of one status are found however many there are of the others."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    run("CREATE INDEX reservations_by_status ON reservations (status, id)")

"""The highest number that other services know, and the one that numbers go on from after a restore."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    run(
        "CREATE TABLE numbers (known INTEGER NOT NULL, floor INTEGER NOT NULL)",
        "INSERT INTO numbers (known, floor) VALUES (0, 0)",
    )

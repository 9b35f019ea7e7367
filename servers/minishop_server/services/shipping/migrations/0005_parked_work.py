"""Parked work is found however much there is."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    run("CREATE INDEX work_parked ON work (id) WHERE parked = 1")

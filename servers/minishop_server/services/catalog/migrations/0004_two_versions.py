"""Edits and stock have a version each: a sale is in the way of no edit but that of the stock."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    # A replica that is not upgraded yet goes on raising `version` with each reservation, which is only stricter.
    run("ALTER TABLE products ADD COLUMN stock_version INTEGER NOT NULL DEFAULT 1")

"""The provider knows a refund by a key that follows from the caller's, as the numbers of refunds may come twice."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    run(
        "ALTER TABLE refunds ADD COLUMN provider_key TEXT",
        # The provider may have been asked for these under their numbers.
        "UPDATE refunds SET provider_key = 'REF-' || (id + 300)",
    )

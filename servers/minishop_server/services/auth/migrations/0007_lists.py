"""Each combination of filters of the audit log has an index, and so have admins and parked work."""

from __future__ import annotations

from minishop_server.kit.database.migration_helpers import run

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    run("DROP INDEX audit_actor", "DROP INDEX audit_subject")  # the new ones begin with the same columns
    for filters in (
        "event",
        "actor",
        "subject",
        "actor, event",
        "subject, event",
        "actor, subject",
        "actor, subject, event",
    ):
        run(f"CREATE INDEX audit_{filters.replace(', ', '_')}_time ON audit ({filters}, created_at, id)")
    run(
        # Only a list without these filters has the condition. PostgreSQL would use the index for the others too, where
        # it believes that many rows pass all filters.
        "CREATE INDEX audit_time ON audit (created_at, id) WHERE id > 0",
        "CREATE INDEX sessions_not_revoked ON sessions (user_id, id) WHERE revoked = 0",
        "CREATE INDEX users_admins ON users (id) WHERE role = 'admin' AND disabled = 0",
        "CREATE INDEX work_parked ON work (id) WHERE parked = 1",
    )

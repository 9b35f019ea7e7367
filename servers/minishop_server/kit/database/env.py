"""Read by Alembic, for every service: runs the revisions on the connection that `migrations.py` has opened."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()

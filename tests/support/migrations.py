"""Revisions of schemas that tests make up."""

from __future__ import annotations

from pathlib import Path

REVISION = """
from minishop_server.kit.database.migration_helpers import identity, run

revision, down_revision = {number!r}, {before!r}


def upgrade() -> None:
    run(*{statements!r})
    identity(*{counted!r})
"""


def write_revision(folder: Path, number: str, *statements: str, counted: tuple[str, ...] = ()) -> Path:
    """Write a revision of these statements after the previous one.

    Args:
        counted: the tables with generated ids.
    """
    before = max((path.name[:4] for path in folder.glob("*.py") if path.name[:4] < number), default=None)
    path = folder / f"{number}_made_up.py"
    path.write_text(REVISION.format(number=number, before=before, statements=statements, counted=counted))
    return path

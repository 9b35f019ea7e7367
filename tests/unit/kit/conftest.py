"""A schema made up, and a PostgreSQL that the tests may stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ...chaos.postgres import Postgres, running_postgres
from ...revisions import write_revision

SCHEMA = "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER CHECK (size >= 0))"


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A schema with one table."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    write_revision(folder, "0001", SCHEMA)
    return folder


@pytest.fixture
def own_postgresql() -> Iterator[Postgres]:
    """A PostgreSQL that the test may stop."""
    with running_postgres() as server:
        yield server

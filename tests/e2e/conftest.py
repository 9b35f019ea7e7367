"""Settings of processes."""

from __future__ import annotations

import pytest

from minishop_server.kit.settings import SERVICES
from tests.support.postgres import NewDatabase


@pytest.fixture
def seven_databases(new_postgresql: NewDatabase) -> dict[str, str]:
    """Settings that give each service an empty PostgreSQL database of its own."""
    return {f"MINISHOP_{name.upper()}_DATABASE_URL": new_postgresql(name) for name in SERVICES}

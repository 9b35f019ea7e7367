"""Shops of processes, on both kinds of database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from minishop_server.kit.settings import SERVICES
from tests.chaos.deployment import Deployment, Forker, running
from tests.support.postgres import NewDatabase


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """Starts the services of this test process."""
    with Forker() as forker:
        yield forker


@pytest.fixture
async def deployment(forker: Forker, new_database: NewDatabase, tmp_path: Path) -> AsyncIterator[Deployment]:
    """Seven processes, once on each kind of database."""
    databases = {name: new_database(name) for name in SERVICES}
    async with running(forker, tmp_path, databases) as deployment:
        yield deployment

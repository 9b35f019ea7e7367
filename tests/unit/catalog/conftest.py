"""A Catalog of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from minishop_server.services.catalog.domain import Catalog
from tests.support.shop import RunService


@pytest.fixture
async def catalog(run_service: RunService) -> AsyncIterator[Catalog]:
    """The domain over an empty database, once on each kind."""
    async with run_service("catalog") as domain:
        yield domain

"""Payments over HTTP, with nothing beside it but Auth, which says who is calling."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from minishop_server.kit.outbox import worker
from minishop_server.services.settings import Settings
from tests.support.payments import SECRET, SERVICES, Till, running_till
from tests.support.postgres import NewDatabase


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failed work is not tried again by itself."""
    monkeypatch.setattr(worker, "PAUSE", 3600.0)
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 3600.0)


@pytest.fixture
async def till(new_database: NewDatabase, tmp_path: Path, quiet: None) -> AsyncIterator[Till]:
    """Payments over an empty database, once on each kind."""
    urls = {name: {"database_url": new_database(name)} for name in SERVICES}
    urls["payments"]["webhook_secret"] = SECRET
    async with running_till(Settings.model_validate({"data_dir": tmp_path, **urls})) as running:
        yield running

"""Purchases while processes fail, as in `make chaos`, but for a shorter time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from minishop_server.kit.settings import SERVICES
from tests.chaos.chaos import ENDINGS, SETTINGS, Chaos, Tally
from tests.chaos.deployment import Forker, running
from tests.support.postgres import Postgres, running_postgres


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for this test only."""
    with running_postgres() as postgres:
        yield postgres


async def test_on_sqlite_nothing_is_lost_in_chaos(forker: Forker, tmp_path: Path) -> None:
    async with running(forker, tmp_path, {}, settings=SETTINGS) as deployment:
        tally = await Chaos(deployment, None, seed=1, checkouts=40, buyers=8, pause=0.7).run()

    assert_survived(tally, 40)


async def test_on_postgresql_with_three_replicas_nothing_is_lost_in_chaos(
    forker: Forker, tmp_path: Path, postgres: Postgres
) -> None:
    databases = {name: postgres.new_database(name) for name in SERVICES}
    async with running(forker, tmp_path, databases, replicas=3, settings=SETTINGS) as deployment:
        tally = await Chaos(deployment, postgres, seed=2, checkouts=40, buyers=8, pause=0.7).run()

    assert_survived(tally, 40)


def assert_survived(tally: Tally, checkouts: int) -> None:
    """Every checkout came to an end, something broke on the way, and everything adds up."""
    assert [] == tally.wrong
    assert checkouts == sum(tally.answers[ending] for ending in ENDINGS)
    assert tally.faults.total() > 0

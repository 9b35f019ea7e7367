"""Killed at any moment of anything that an order goes through, the shop neither loses nor doubles it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.deployment import Deployment, Forker, running
from tests.chaos.matrix import ENDS, Act, kill_everywhere, purchase, stocked
from tests.chaos.proof import findings

OTHERS = [act for act in ENDS if act is not purchase]
FEWEST = 10
"""Moments that each of them has at least: no kill is missed for want of a name."""


async def test_a_process_that_is_killed_at_any_moment_of_a_purchase_loses_and_doubles_nothing(
    deployment: Deployment,
) -> None:
    buyer = await stocked(deployment)

    kills = [moment async for moment in kill_everywhere(deployment, buyer, purchase)]

    assert [] == await findings(deployment)
    assert 4 * FEWEST <= len(kills)


@pytest.mark.parametrize("act", OTHERS, ids=lambda act: act.__name__)
async def test_nor_does_one_that_is_killed_at_any_moment_of_what_else_becomes_of_an_order(
    forker: Forker, tmp_path: Path, act: Act
) -> None:
    async with running(forker, tmp_path, {}) as deployment:
        buyer = await stocked(deployment)

        kills = [moment async for moment in kill_everywhere(deployment, buyer, act)]

        assert [] == await findings(deployment)
    assert FEWEST <= len(kills)

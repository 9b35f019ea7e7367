"""The figure that says how well two kinds of request are told apart by their time."""

from __future__ import annotations

import pytest

from bench.logins import area_under_curve


@pytest.mark.parametrize(
    ("known", "unknown", "area"),
    [([3, 4], [1, 2], 1.0), ([1, 2], [3, 4], 0.0), ([1, 2], [1, 2], 0.5), ([1, 4], [2, 3], 0.5)],
)
def test_the_area_is_the_share_of_pairs_that_are_told_apart(
    known: list[float], unknown: list[float], area: float
) -> None:
    assert area == area_under_curve(known, unknown)

"""Services whose rows the tests delete."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_comparison_of_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are deleted here, and their services would step back."""
    monkeypatch.setattr("minishop_server.services.orders.lifespan.COMPARE_SECONDS", 3600.0)

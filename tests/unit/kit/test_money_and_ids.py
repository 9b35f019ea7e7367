"""Money, time and ids."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minishop_server.kit.clock import now
from minishop_server.kit.ids import ORDERS, Numbering
from minishop_server.kit.money import amount, cents


@given(st.integers(0, 100_000_000_000))
def test_every_amount_of_cents_survives_the_way_through_json(value: int) -> None:
    assert value == cents(amount(value))
    assert re.fullmatch(r"\d+(\.\d{1,2})?", f"{Decimal(repr(amount(value))):f}")


@pytest.mark.parametrize(("text", "expected"), [(0.29, 29), (19.99, 1999), (Decimal("49.99"), 4999), (100000, 10**7)])
def test_amounts_that_floats_cannot_hold_exactly_become_the_right_cents(text: float | Decimal, expected: int) -> None:
    assert expected == cents(text)


def test_the_time_is_utc_to_the_second() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())
    assert abs((datetime.fromisoformat(now()) - datetime.now(UTC)).total_seconds()) < 60


def test_ids_count_from_the_documented_examples() -> None:
    assert ("ORD-101", 1, "ORD-102") == (ORDERS.id(1), ORDERS.row("ORD-101"), ORDERS.id(2))
    assert 0 == ORDERS.row("ORD-100")
    assert "PAY-555" == Numbering("PAY", 555, str, int).id(1)

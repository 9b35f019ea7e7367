"""Money: integer cents inside, a JSON number with two decimals in the contract."""

from __future__ import annotations

from decimal import Decimal


def cents(amount: Decimal | float) -> int:
    """Integer cents of an amount with at most two decimals."""
    return round(amount * 100)


def amount(cents: int) -> float:
    """The JSON number of integer cents: 9998 is 99.98."""
    return cents / 100

"""Money: integer cents inside, a JSON number with two decimals in the contract.

An amount is converted where it comes in or goes out, in a handler or in a call to another service.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NewType

Cents = NewType("Cents", int)


def cents(amount: Decimal | float) -> Cents:
    """Integer cents of an amount with at most two decimals."""
    return Cents(round(amount * 100))


def amount(cents: Cents) -> float:
    """The JSON number of integer cents: 9998 is 99.98."""
    return cents / 100

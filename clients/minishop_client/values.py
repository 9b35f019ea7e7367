"""The values of models: omitted ones, money, and required ones of an answer."""

from __future__ import annotations

import math
from decimal import Context, Decimal
from typing import Any, Literal


class Unset:
    """The type of UNSET: an argument that was not given, which is not the same as None."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"  # a copy, also one in another process, is the same object: models compare it by identity


UNSET: Unset = Unset()
_EXACT = Context(prec=40)  # independent of the caller's context
_MOST = 10**13  # beyond it, a double no longer tells cents apart


def money(value: Decimal | float) -> Decimal:
    """The amount with two decimals.

    A `float` means the whole cents next to it, if it differs from them by no more than sums of floats do.

    Raises:
        ValueError: the amount has fractions of cents, or is not finite.
        TypeError: the value is no number.
    """
    if not isinstance(value, Decimal | float | int) or isinstance(value, bool):
        raise TypeError("Money is a Decimal, or a number of whole cents.")
    if not math.isfinite(value) or not -_MOST <= value <= _MOST:
        raise ValueError("An amount of money is a number up to 10000000000000.")
    exact = _EXACT.quantize(Decimal(value), Decimal("0.01"))
    if value != exact and not (isinstance(value, float) and math.isclose(value, exact, rel_tol=1e-12, abs_tol=1e-9)):
        raise ValueError("An amount of money has whole cents: at most two decimals.")
    return exact


def optional_money(value: Decimal | float | Unset) -> Decimal | Unset:
    """The same for an amount that may be left out."""
    return value if isinstance(value, Unset) else money(value)


def number(value: Decimal | float | Unset) -> float | Unset:
    """The JSON number of an amount: its shortest text is the amount itself."""
    return value if isinstance(value, Unset) else float(money(value))


def required(fields: dict[str, Any], name: str) -> Any:
    """Take a field that an answer has to have; raises KeyError without it, and ValueError where it is null."""
    value = fields.pop(name)
    if value is None or (isinstance(value, list) and None in value):
        raise ValueError(f"{name} is null.")
    return value


def optional(fields: dict[str, Any], name: str) -> Any:
    """Take a field that may be left out, but is not null either."""
    return required(fields, name) if name in fields else UNSET

"""The values of models: omitted ones, money, and required ones of an answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from typing import Any, Literal, TypeVar

T = TypeVar("T")


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


def required(data: Mapping[str, Any], name: str, read: Callable[[Any], Any] | None = None) -> Any:
    """A required field of a response.

    Raises KeyError if it is absent, and ValueError if it is null.
    """
    value = data[name]
    if value is None or (isinstance(value, list) and None in value):
        raise ValueError(f"{name} is null.")
    return value if read is None else read(value)


def optional(data: Mapping[str, Any], name: str, read: Callable[[Any], Any] | None = None) -> Any:
    """An optional field of a response, or None if it is absent.

    Raises ValueError if it is null.
    """
    return required(data, name, read) if name in data else None


def many(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    """Reads a list, each item with this function."""
    return lambda values: tuple(read(value) for value in values)

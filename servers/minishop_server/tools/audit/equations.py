"""The rules for the books: those of each service alone, and between the services.

A rule is a generator. Its queries find the records that may break it, in the order of the lists, so that it holds one
record at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from .between import (
    buyers,
    carts,
    confirmations,
    missing_orders,
    missing_users,
    owed,
    parcels,
    pieces,
    tracking,
    work,
)
from .books import Books
from .findings import Finding
from .within import ledger, stock, waiting_messages

Rule = Callable[[Books, timedelta], Iterator[Finding]]
ALONE: tuple[Rule, ...] = (stock, ledger, waiting_messages)
TOGETHER: tuple[Rule, ...] = (
    *(work, owed, pieces, carts, parcels, confirmations, tracking),
    *(missing_orders, buyers, missing_users),
)


def check_service(books: Books, limit: timedelta) -> list[Finding]:
    """The errors in each service's books alone.

    Args:
        limit: the maximum age of a job.
    """
    return _found(books, limit, ALONE)


def check_shop(books: Books, limit: timedelta) -> list[Finding]:
    """The errors in the books alone and together, without orders that have open work."""
    return _found(books, limit, (*ALONE, *TOGETHER))


def _found(books: Books, limit: timedelta, rules: tuple[Rule, ...]) -> list[Finding]:
    return [finding for rule in rules for finding in rule(books, limit)]

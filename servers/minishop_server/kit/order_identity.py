"""Orders have a random identity, because their numbers may come twice.

Numbers are counted by the database of Orders: once it is restored from a backup, it assigns some of them again. The
records of other services for an order therefore have its identity too, and a request about a number that belongs
to another identity is refused. A request without an identity is made by hand, and matches any; a record that was
made by hand has none, and is of no order of Orders.
"""

from __future__ import annotations

from .ids import OrderId, OrderIdentity
from .problems import Conflict


class OtherOrder(Conflict):
    """The number belongs to an order of another identity."""

    code, title = "other_order", "The number belongs to another order"


def identity_of(text: str | None) -> OrderIdentity | None:
    """The identity that a request names, if it does."""
    return None if text is None else OrderIdentity(text)


def require_same_order(order_id: OrderId, kept: OrderIdentity | None, given: OrderIdentity | None) -> None:
    """Compare the identity that the number of an order is kept with to that of a request.

    Raises:
        OtherOrder: the request is about another order; nothing may be changed for it.
    """
    if given is not None and given != kept:
        raise OtherOrder("Another order has this number here. Nothing was changed.")

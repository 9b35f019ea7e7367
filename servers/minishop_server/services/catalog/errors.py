"""The problems that Catalog answers with."""

from __future__ import annotations

from ...kit.problems import Conflict


class OutOfStock(Conflict):
    """Too few pieces of a product for an order."""

    code, title = "out_of_stock", "Not enough in stock"


class ReservationOver(Conflict):
    """The stock of the order was given back, or is held for other lines."""

    code, title = "reservation_over", "The reservation of the order has ended"


class NotHeld(Conflict):
    """Nothing is held for the order, so nothing can be sold to it."""

    code, title = "not_held", "No stock is held for the order"

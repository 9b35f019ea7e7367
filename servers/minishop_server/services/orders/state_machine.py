"""The life of an order, as one table: its moves, their states and their roles.

From it come the guards of every move (`WHERE status IN …`), the `allowed_actions` of an order, and the picture in
docs/order-states.md. A move that comes late or twice finds no order in a state it may start from, and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...kit.money import Cents
from .rows import OrderRow

Action = Literal["cancel_order", "request_return", "accept_return", "refund_order"]


@dataclass(frozen=True, slots=True)
class Move:
    """From any of some states to one; `operation` is how those of these `roles` ask for it."""

    name: str
    before: tuple[str, ...]
    after: str
    operation: Action | None = None
    roles: tuple[str, ...] = ()


_TABLE = (
    Move("pay", ("pending",), "paid"),
    Move("decline", ("pending",), "payment_failed"),
    Move("run_short", ("pending",), "cancelled"),
    Move("cancel", ("pending", "paid"), "cancelled", "cancel_order", ("customer", "admin")),
    Move("ship", ("paid",), "shipped"),
    Move("call_back", ("shipped",), "cancelled", "cancel_order", ("admin",)),
    Move("deliver", ("shipped",), "delivered"),
    Move("give_back", ("cancelled",), "refunded"),
    Move("request_return", ("delivered", "partly_refunded"), "return_requested", "request_return", ("customer",)),
    Move("accept_return", ("return_requested",), "returned", "accept_return", ("admin",)),
    Move("refund_partly", ("delivered", "returned"), "partly_refunded", "refund_order", ("admin",)),
    Move("refund", ("delivered", "returned", "partly_refunded"), "refunded", "refund_order", ("admin",)),
)
MOVES = {move.name: move for move in _TABLE}


def allowed_actions(order: OrderRow, role: str) -> list[Action]:
    """The operations that a caller of this role may request now."""
    return sorted(
        {
            move.operation
            for move in _TABLE
            if move.operation and role in move.roles and order["status"] in move.before
            if move.operation != "refund_order" or order["refunded"] < order["total"]
            if move.operation != "request_return" or is_returnable(order)
        }
    )


def is_returnable(order: OrderRow) -> bool:
    """Whether a return has money left to give back, or needs none, as the order was free."""
    return order["refunded"] < order["total"] or order["total"] == 0


def is_lost(order: OrderRow) -> bool:
    """Whether nothing came of it: nothing was ever paid for it."""
    return order["status"] == "payment_failed" or (order["status"] == "cancelled" and order["payment_id"] is None)


def is_bought(order: OrderRow) -> bool:
    """Whether it was paid, and not cancelled since."""
    paid = order["payment_id"] is not None and order["status"] != "payment_failed"
    return paid and order["status"] != "cancelled" and order["cancelled_by"] is None


def owed(order: OrderRow) -> Cents:
    """The cents that Payments must hold for it."""
    return Cents(order["total"] - order["refunded"] if is_bought(order) else 0)

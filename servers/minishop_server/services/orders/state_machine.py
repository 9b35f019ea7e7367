"""The life of an order, as one table: its moves, their states and their roles.

The guards of every move (`WHERE status IN …`), the columns that it clears, the `allowed_actions` of an order and the
picture in docs/order-states.md come from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...kit.metrics import Counter
from ...kit.money import Cents
from ...kit.state_machine import Move, table
from .rows import OrderRow

Action = Literal["cancel_order", "request_return", "accept_return", "refund_order"]


@dataclass(frozen=True, slots=True)
class OrderMove(Move):
    """A move of an order.

    Attributes:
        operation: the operation that requests it, if there is one.
        roles: the roles of those who may.
        outcome: the name of the metric for it, if that is not the state after it.
    """

    operation: Action | None = None
    roles: tuple[str, ...] = ()
    outcome: str | None = None


TOKEN = ("payment_token",)
"""It has no use once the order is decided, and is a secret."""
MOVES = table(
    OrderMove("pay", ("pending",), "paid", TOKEN),
    OrderMove("decline", ("pending",), "payment_failed", TOKEN, outcome="declined"),
    OrderMove("run_short", ("pending",), "cancelled", TOKEN, outcome="out_of_stock"),
    OrderMove("cancel", ("pending", "paid"), "cancelled", TOKEN, "cancel_order", ("customer", "admin")),
    OrderMove("ship", ("paid",), "shipped"),
    OrderMove("call_back", ("shipped",), "cancelled", (), "cancel_order", ("admin",)),
    OrderMove("deliver", ("shipped",), "delivered"),
    OrderMove("give_back", ("cancelled",), "refunded"),
    OrderMove(
        "request_return", ("delivered", "partly_refunded"), "return_requested", (), "request_return", ("customer",)
    ),
    OrderMove("accept_return", ("return_requested",), "returned", (), "accept_return", ("admin",)),
    OrderMove("refund_partly", ("delivered", "returned"), "partly_refunded", (), "refund_order", ("admin",)),
    OrderMove("refund", ("delivered", "returned", "partly_refunded"), "refunded", (), "refund_order", ("admin",)),
)


def outcome(move: OrderMove) -> str:
    """The outcome of a move in the metrics."""
    return move.outcome or move.after


OUTCOMES = Counter(
    "minishop_orders_total",
    "Orders by outcome; an order may have several one after another.",
    ("outcome",),
    ("placed", *sorted({outcome(move) for move in MOVES.values()})),
)


def allowed_actions(order: OrderRow, role: str) -> list[Action]:
    """The operations that a caller of this role may request now."""
    return sorted(
        {
            move.operation
            for move in MOVES.values()
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

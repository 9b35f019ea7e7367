"""The text of the mail that confirms an order."""

from __future__ import annotations

from collections.abc import Sequence

from ...kit.ids import ORDERS
from ...kit.money import Cents, amount
from .rows import LineRow, OrderRow


def confirmation(order: OrderRow, lines: Sequence[LineRow]) -> str:
    """The items, the amount and the address of an order, always as the same text."""
    bought = [f"{line['quantity']} x {line['name']}: {_money(line['quantity'] * line['price'])}" for line in lines]
    return "\n".join(
        [
            f"Your order {ORDERS.id(order['id'])} has been placed successfully.",
            "",
            *bought,
            f"Total: {_money(order['total'])}",
            "",
            "It is sent to:",
            order["address"],
        ]
    )


def _money(cents: int) -> str:
    return f"{amount(Cents(cents)):.2f}"

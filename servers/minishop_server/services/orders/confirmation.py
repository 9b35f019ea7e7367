"""The text of the mail that confirms an order."""

from __future__ import annotations

from collections.abc import Sequence

from ...kit.database import Row
from ...kit.ids import ORDERS
from ...kit.money import amount


def confirmation(order: Row, lines: Sequence[Row]) -> str:
    """What was bought, for how much, and where it goes; the same for the same order, however often it is made."""
    bought = [f"{line['quantity']} x {_name(line)}: {amount(line['quantity'] * line['price']):.2f}" for line in lines]
    return "\n".join(
        [
            f"Your order {ORDERS.id(order['id'])} has been placed successfully.",
            "",
            *bought,
            f"Total: {amount(order['total']):.2f}",
            "",
            "It is sent to:",
            order["address"],
        ]
    )


def _name(line: Row) -> str:
    return line["name"] or f"product {line['product_id']}"  # lines of old orders have no name

# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

OrderStep = Literal[
    "cancelled",
    "confirmed",
    "delivered",
    "money_returned",
    "paid",
    "partly_refunded",
    "payment_failed",
    "placed",
    "refunded",
    "return_requested",
    "returned",
    "shipped",
]


def check_order_step(value: str) -> OrderStep:
    return cast(OrderStep, value)

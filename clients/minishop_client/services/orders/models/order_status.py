# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

OrderStatus = Literal[
    "cancelled",
    "delivered",
    "paid",
    "partly_refunded",
    "payment_failed",
    "pending",
    "refunded",
    "return_requested",
    "returned",
    "shipped",
]


def check_order_status(value: str) -> OrderStatus:
    return cast(OrderStatus, value)

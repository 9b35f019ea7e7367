# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

OrderStatus = Literal["cancelled", "paid", "payment_failed", "pending"]


def check_order_status(value: str) -> OrderStatus:
    return cast(OrderStatus, value)

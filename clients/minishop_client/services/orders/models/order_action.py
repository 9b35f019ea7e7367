# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

OrderAction = Literal["accept_return", "cancel_order", "refund_order", "request_return"]


def check_order_action(value: str) -> OrderAction:
    return cast(OrderAction, value)

# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

PaymentState = Literal["authorised", "captured", "declined", "pending", "voided"]


def check_payment_state(value: str) -> PaymentState:
    return cast(PaymentState, value)

# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

PaymentStatus = Literal["failure", "pending", "success"]


def check_payment_status(value: str) -> PaymentStatus:
    return cast(PaymentStatus, value)

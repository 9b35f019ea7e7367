# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

PaymentMethod = Literal["bank_transfer", "credit_card", "paypal"]


def check_payment_method(value: str) -> PaymentMethod:
    return cast(PaymentMethod, value)

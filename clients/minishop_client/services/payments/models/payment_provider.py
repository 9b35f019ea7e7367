# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

PaymentProvider = Literal["sandbox", "stripe"]


def check_payment_provider(value: str) -> PaymentProvider:
    return cast(PaymentProvider, value)

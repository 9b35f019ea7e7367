# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

NextStatus = Literal["delivered", "exception", "in_transit", "out_for_delivery", "returned"]


def check_next_status(value: str) -> NextStatus:
    return cast(NextStatus, value)

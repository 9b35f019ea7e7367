# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

Role = Literal["admin", "customer"]


def check_role(value: str) -> Role:
    return cast(Role, value)

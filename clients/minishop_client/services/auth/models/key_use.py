# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

KeyUse = Literal["sig"]


def check_key_use(value: str) -> KeyUse:
    return cast(KeyUse, value)

# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

KeyType = Literal["EC"]


def check_key_type(value: str) -> KeyType:
    return cast(KeyType, value)

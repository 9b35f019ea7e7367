# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

KeyAlgorithm = Literal["ES256"]


def check_key_algorithm(value: str) -> KeyAlgorithm:
    return cast(KeyAlgorithm, value)

# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

KeyCurve = Literal["P-256"]


def check_key_curve(value: str) -> KeyCurve:
    return cast(KeyCurve, value)

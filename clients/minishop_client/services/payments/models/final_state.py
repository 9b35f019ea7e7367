# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

FinalState = Literal["declined", "voided"]


def check_final_state(value: str) -> FinalState:
    return cast(FinalState, value)

# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

TokenType = Literal["Bearer"]


def check_token_type(value: str) -> TokenType:
    return cast(TokenType, value)

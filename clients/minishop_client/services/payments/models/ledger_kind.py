# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

LedgerKind = Literal["authorise", "capture", "refund", "void"]


def check_ledger_kind(value: str) -> LedgerKind:
    return cast(LedgerKind, value)

# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

WorkKind = Literal["checkout", "clear_cart", "commit_stock", "notify", "refund", "ship", "undo"]


def check_work_kind(value: str) -> WorkKind:
    return cast(WorkKind, value)

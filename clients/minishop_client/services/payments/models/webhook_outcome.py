# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

WebhookOutcome = Literal["accepted", "ignored", "replayed"]


def check_webhook_outcome(value: str) -> WebhookOutcome:
    return cast(WebhookOutcome, value)

"""The settings of Orders."""

from __future__ import annotations

from pydantic import Field

from ...kit.settings import ProcessSettings


class Settings(ProcessSettings):
    """The settings of a process that Orders reads."""

    checkout_seconds: float = Field(default=10, ge=0, le=60)
    """How long a checkout waits for its outcome before it answers that it is pending."""

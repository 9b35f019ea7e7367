"""The input and the output of a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ...services.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """A result of `doctor`, with the severity `info` for settings that may be intended."""

    severity: Literal["unsafe", "info"]
    what: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Installation:
    """The settings to check, and the environment variables behind them."""

    settings: Settings
    environment: Mapping[str, str]

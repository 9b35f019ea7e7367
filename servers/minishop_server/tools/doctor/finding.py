"""What a check looks at, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ...kit.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that `doctor` says; `info` is for what may well be meant so."""

    severity: Literal["unsafe", "info"]
    what: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Installation:
    """What is looked at: the settings, and the variables they came from."""

    settings: Settings
    environment: Mapping[str, str]

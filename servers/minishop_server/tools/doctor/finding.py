"""The input and the output of a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ...kit.settings import SERVICES, ServiceName
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
    """The settings to check, the environment variables behind them, and the processes that each service has."""

    settings: Settings
    environment: Mapping[str, str]
    replicas: int = 1

    @property
    def services(self) -> tuple[ServiceName, ...]:
        """Those that run here: the ones with the address of a database, or all if there is none."""
        return tuple(name for name in SERVICES if self.settings.service(name).database_url is not None) or SERVICES

    @property
    def is_whole_shop(self) -> bool:
        """Whether no service runs elsewhere."""
        return not any(self.settings.service(name).url for name in SERVICES)

    def has_database(self, name: ServiceName) -> bool:
        """Whether the database of a service can be opened without creating a file."""
        url = self.settings.database_url(name)
        return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()

"""What a service is given when it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .database import Database
from .peers import Peers
from .problems import Unavailable
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Resources:
    """Built once for each service, handed to its domain, never looked up from elsewhere."""

    settings: Settings
    database: Database
    peers: Peers
    step_back: Callable[[Unavailable], None]
    """Lets the service answer nothing but this refusal from now on."""

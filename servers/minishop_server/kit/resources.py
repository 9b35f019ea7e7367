"""What a service is given when it starts."""

from __future__ import annotations

from dataclasses import dataclass

from .database import Database
from .peers import Peers
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Resources:
    """Built once for each service, handed to its domain, never looked up from elsewhere."""

    settings: Settings
    database: Database
    peers: Peers

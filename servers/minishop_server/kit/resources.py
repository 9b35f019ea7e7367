"""The resources that a service receives at its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from .database import Database
from .peers import Peers
from .problems import Unavailable
from .settings import ProcessSettings

S = TypeVar("S", bound=ProcessSettings)


@dataclass(frozen=True, slots=True)
class Resources(Generic[S]):
    """Built once for each service, handed to its domain, never looked up from elsewhere."""

    settings: S
    """Those of the process, as the service's own class of them shows them."""
    database: Database
    peers: Peers
    step_back: Callable[[Unavailable], None]
    """Lets the service answer nothing but this refusal from now on."""
    sessions_ended: Callable[[Mapping[str, float]], None]
    """Tells the services of this process of sessions that ended, each with the moment its last access token expires."""

"""The two probes that every service answers."""

from __future__ import annotations

from typing import Protocol

from minishop_contracts.answers.common import Health

from .database import Database, ping


class HasDatabase(Protocol):
    """The interface that the probes need of a service's domain."""

    database: Database


async def livez(domain: HasDatabase) -> Health:
    """The process runs; a restart would not help if `readyz` fails."""
    return {"status": "ok"}


async def readyz(domain: HasDatabase) -> Health:
    """The database answers; else 503."""
    await ping(domain.database)
    return {"status": "ok"}

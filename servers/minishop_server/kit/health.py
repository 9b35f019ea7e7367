"""The two probes that every service answers."""

from __future__ import annotations

from typing import Protocol

from minishop_contracts.answers.common import Health

from .database import Database, ping


class HasDatabase(Protocol):
    """The interface that the probes need of a service's domain."""

    database: Database


async def livez(domain: HasDatabase) -> Health:
    """Answer that the process runs.

    It does not check the database, because a restart of the process would not repair that.
    """
    return {"status": "ok"}


async def readyz(domain: HasDatabase) -> Health:
    """Answer that the database works, or with a 503."""
    await ping(domain.database)
    return {"status": "ok"}

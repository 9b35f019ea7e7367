"""The checks of `minishop doctor --deployment` of databases: schema, durability, clock and number of connections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import chain
from typing import Literal

from ...kit.clock import unix_time
from ...kit.database import (
    BrokenFile,
    OldData,
    PostgresDatabase,
    SchemaAhead,
    SchemaBehind,
    migrations_of,
    open_database,
)
from ...kit.database.postgresql_server import Server, server_of
from ...kit.problems import Unavailable
from ...kit.settings import SERVICES, ServiceName
from .finding import Finding, Installation
from .network import clock_that_differs

RISKS = {
    "synchronous_commit": "a commit is acknowledged before it is on a disk: a crash loses paid orders",
    "fsync": "a crash of the machine damages the database",
    "full_page_writes": "a crash of the machine damages the database",
}
"""The settings that must be on, and the risk of each otherwise."""


async def databases(installation: Installation) -> AsyncIterator[Finding]:
    """Schemas that are behind, and servers that lose commits, whose clock differs, or that take too few connections."""
    servers: dict[ServiceName, Server] = {}
    clocks: dict[float, list[Finding]] = {}
    for name in installation.services:
        try:
            server = await _server(installation, name)
        except SchemaBehind:
            why = "the service migrates it when it starts, or with MINISHOP_MIGRATE=off is not ready until then"
            yield Finding("unsafe", f"the schema of {name} is behind", why, f"minishop migrate {name}")
        except SchemaAhead as refusal:
            remedy = "Run the version of Minishop that migrated it, or a later one."
            yield Finding("unsafe", f"the schema of {name} is of a later version", str(refusal), remedy)
        except Unavailable as refusal:
            remedy = f"Start it, or correct MINISHOP_{name.upper()}_DATABASE_URL."
            yield Finding("unsafe", f"the database of {name} does not answer", refusal.reason, remedy)
        except (BrokenFile, OldData) as error:
            remedy = "Restore a backup: see docs/recovery.md."
            yield Finding("unsafe", f"the database of {name} cannot be used", str(error), remedy)
        else:
            if server is not None:
                servers[name] = server
                # Now, because the next database may take seconds not to answer; and once for each server.
                ahead = server["now"] / 1000 - unix_time()
                clocks.setdefault(server["started"], list(clock_that_differs(f"the PostgreSQL of {name}", ahead)))
    for finding in (*chain(*clocks.values()), *_of_each(servers), *_connections(installation, servers)):
        yield finding


async def _server(installation: Installation, name: ServiceName) -> Server | None:
    settings = installation.settings
    if not installation.has_database(name):
        if settings.migrate:
            return None  # the first start creates it
        raise SchemaBehind(name)
    database = await open_database(
        settings.database_url(name), migrations_of(name), settings.database, may_migrate=False
    )
    try:
        return await server_of(database) if isinstance(database, PostgresDatabase) else None
    finally:
        await database.close()


def _of_each(servers: Mapping[ServiceName, Server]) -> Iterator[Finding]:
    told = set[float]()
    for name, server in servers.items():
        for setting, why in RISKS.items():
            if setting in server["off"]:
                remedy = "Set it to on; the server, the database and the user each may set it."
                yield Finding("unsafe", f"{setting} is off for the database of {name}", why, remedy)
        if server["started"] in told:
            continue  # the same server as that of another service
        told.add(server["started"])
        if server["commits"] == "local" and server["standbys"]:
            why = "an acknowledged order is lost when the replica takes over"
            yield Finding("unsafe", f"synchronous_commit is local for the database of {name}", why, "Set it to on.")
        if server["streaming"] and not server["standbys"]:
            yield Finding(
                "unsafe",
                f"the replicas of the PostgreSQL of {name} are asynchronous",
                "orders that were acknowledged last are lost when a replica takes over",
                "Set synchronous_standby_names, or never promote a replica before it has received everything.",
            )


def _connections(installation: Installation, servers: Mapping[ServiceName, Server]) -> Iterator[Finding]:
    replicas = installation.replicas
    pool = installation.settings.database.pool_size * replicas
    for name, server in servers.items():
        for what, limit in (("user", server["of_role"]), ("database", server["of_database"])):
            if 0 <= limit < pool:
                yield _too_few(f"the {what} of {name} may have {limit} connections", f"{name} may open {pool}")
    for started in sorted({server["started"] for server in servers.values()}):
        names = [name for name, server in servers.items() if server["started"] == started]
        what = f"the PostgreSQL of {', '.join(names)} takes {servers[names[0]]['free']} connections"
        if len(names) * pool > servers[names[0]]["free"]:
            yield _too_few(what, f"{replicas} processes of each service may open {len(names) * pool}")
        elif len(installation.services) == 1 and len(SERVICES) * pool > servers[names[0]]["free"]:
            yield _too_few(what, f"if all services use it, they may open {len(SERVICES) * pool}", severity="info")


def _too_few(what: str, why: str, severity: Literal["unsafe", "info"] = "unsafe") -> Finding:
    return Finding(severity, what, why, "Raise the limit, or reduce MINISHOP_DATABASE_POOL_SIZE.")

"""The state of a PostgreSQL server as the user of a service sees it, for `minishop doctor --deployment`."""

from __future__ import annotations

from typing import TypedDict

from .postgresql import PostgresDatabase


class Server(TypedDict):
    """The settings as the connections of the service have them.

    Attributes:
        commits: `synchronous_commit`.
        off: those of the settings that protect commits from a crash which are off.
        standbys: `synchronous_standby_names`, empty without synchronous replicas.
        streaming: how many replicas receive its log now.
        free: connections of all users that are no superusers, together.
        of_role, of_database: the limits of this user and of this database, -1 without one.
        started: Unix time of the server's start, equal for two databases of one server.
        now: Unix time in milliseconds by its clock.
    """

    commits: str
    off: list[str]
    standbys: str
    streaming: int
    free: int
    of_role: int
    of_database: int
    started: float
    now: int


_SERVER = f"""
SELECT current_setting('synchronous_commit') AS commits,
    ARRAY(SELECT CAST(name AS TEXT) FROM pg_settings WHERE setting = 'off'
        AND name IN ('synchronous_commit', 'fsync', 'full_page_writes')) AS off,
    current_setting('synchronous_standby_names') AS standbys,
    (SELECT count(*) FROM pg_stat_replication) AS streaming,
    CAST(current_setting('max_connections') AS INTEGER)
        - CAST(current_setting('superuser_reserved_connections') AS INTEGER)
        - CAST(coalesce(current_setting('reserved_connections', true), '0') AS INTEGER) AS free,
    (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user) AS of_role,
    (SELECT datconnlimit FROM pg_database WHERE datname = current_database()) AS of_database,
    CAST(extract(epoch FROM pg_postmaster_start_time()) AS DOUBLE PRECISION) AS started,
    {PostgresDatabase.shared_now} AS now
"""


async def server_of(database: PostgresDatabase) -> Server:
    """Ask the server.

    Raises Unavailable if it does not answer.
    """
    (server,) = await database.fetch(Server, _SERVER, 0)
    return server

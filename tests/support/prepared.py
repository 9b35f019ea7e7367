"""Databases with the present schema of a service, migrated once in each test process and copied from then on."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from minishop_server.kit.database import migrations_of, open_database
from minishop_server.kit.settings import SERVICES, ServiceName

SQLITE = "sqlite:///"


class Prepared:
    """Copies for the tests of one process.

    Args:
        folder: of the SQLite files that are copied.
        create: makes an empty PostgreSQL database of this name, and answers its address.
    """

    def __init__(self, folder: Path, create: Callable[[str], str]) -> None:
        self._folder = folder
        self._create = create
        self.file = cache(self._file)
        self.template = cache(self._template)

    def fill(self, folder: Path) -> None:
        """Put the files of all services that are missing into a folder, as a shop names them."""
        for name in SERVICES:
            self.copy(name, folder / f"{name}.db")

    def copy(self, name: ServiceName, path: Path) -> None:
        """Make the SQLite file of a service, unless it is there."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.file(name), path)

    def _file(self, name: ServiceName) -> Path:
        path = self._folder / f"{name}.db"
        _migrate(f"{SQLITE}{path}", name)
        return path

    def _template(self, name: ServiceName) -> str:
        """The name of the PostgreSQL database to be copied."""
        template = f"prepared_{name}"
        _migrate(self._create(template), name)
        return template


def _migrate(url: str, name: ServiceName) -> None:
    async def migrate() -> None:
        await (await open_database(url, migrations_of(name))).close()

    with ThreadPoolExecutor(1) as thread:  # the event loop of a test may be running in this one
        thread.submit(asyncio.run, migrate()).result()

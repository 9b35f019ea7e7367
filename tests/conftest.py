"""Fixtures that the tests of the services share: fresh databases of both kinds, and whole shops in this process."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from minishop_server.hosting.event_loop import new_event_loop
from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.services.settings import Settings
from minishop_server.tools.fuzz.shop import QUICK_HASHES
from minishop_server.tools.postgres import running_postgres
from tests.support import observed_answers, rows
from tests.support.postgres import NewDatabase
from tests.support.prepared import Prepared
from tests.support.resolved_documents import resolved_once
from tests.support.shop import RunService, Shop, Wire, running_shop

MEMORY, ROOM = Path("/dev/shm"), 4 << 30
"""Where Linux has a folder in memory, and the bytes that are free there where it is used."""


def pytest_configure(config: pytest.Config) -> None:
    """Before the workers start: forget the statuses of the last run, and find a place for thousands of databases.

    They are made and thrown away; to make and to remove their files on a disk takes longer than most tests.
    """
    if not hasattr(config, "workerinput"):
        observed_answers.forget()
        if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
            os.environ["TMPDIR"] = str(MEMORY)  # of all processes that a test starts, too
            tempfile.tempdir = None


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(node: pytest.Item | pytest.Collector) -> None:
    """Limit the time of a failed test's teardown, too: pytest ends its watch with the failure."""
    if isinstance(node, pytest.Item):
        seconds = float(node.config.getini("faulthandler_timeout"))
        faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Asynchronous tests run in the event loop that servers run in."""
    return {"server": new_event_loop}


@pytest.fixture(scope="session", autouse=True)
def _observed_answers() -> Iterator[None]:
    with observed_answers.noted():
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in QUICK_HASHES.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session", autouse=True)
def _resolved_documents() -> Iterator[None]:
    with resolved_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def _rows() -> Iterator[None]:
    with rows.compared():
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL of this test process."""
    with running_postgres(fsync="off") as server:  # nothing crashes here, and databases are made five times as fast
        yield server.url


def create_database(connection: psycopg.Connection, name: str, template: str) -> None:
    """Copy a database file by file.

    Page by page through the log, it takes seconds once a server has made and dropped thousands.
    """
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Databases with the schemas of the services, to be copied."""

    def create(name: str) -> str:
        server: str = request.getfixturevalue("postgresql")
        with closing(psycopg.connect(server, autocommit=True)) as connection:
            create_database(connection, name, "template1")
        return server.replace("/postgres?", f"/{name}?")

    return Prepared(tmp_path_factory.mktemp("prepared"), create)


@pytest.fixture
def new_postgresql(postgresql: str) -> Iterator[NewDatabase]:
    """Creates an empty PostgreSQL database, which is removed after the test, and returns its address."""
    made: list[sql.Identifier] = []
    with closing(psycopg.connect(postgresql, autocommit=True)) as connection:

        def create(purpose: str, template: str = "template1") -> str:
            name = f"{purpose}_{secrets.token_hex(4)}"
            made.append(sql.Identifier(name))
            create_database(connection, name, template)
            return postgresql.replace("/postgres?", f"/{name}?")

        yield create
        for name in made:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path, prepared: Prepared) -> NewDatabase:
    """Makes a database and answers its address; a test that uses it runs once on each kind.

    One that is named after a service has its schema, and any other is empty.
    """
    if request.param == "sqlite":

        def create(purpose: str) -> str:
            path = tmp_path / f"{purpose}.db"
            if purpose in SERVICES:
                prepared.copy(purpose, path)
            return f"sqlite:///{path}"

        return create

    make = request.getfixturevalue("new_postgresql")

    def copy(purpose: str) -> str:
        url: str = make(purpose, prepared.template(purpose)) if purpose in SERVICES else make(purpose)
        return url

    return copy


@pytest.fixture
def seven_databases(new_postgresql: NewDatabase) -> dict[str, str]:
    """Settings that give each service an empty PostgreSQL database of its own."""
    return {f"MINISHOP_{name.upper()}_DATABASE_URL": new_postgresql(name) for name in SERVICES}


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    """An empty database."""
    return new_database("one")


@pytest.fixture
def run_service(new_database: NewDatabase, tmp_path: Path) -> RunService:
    """Runs a service that calls no other, and gives the block its domain."""

    @asynccontextmanager
    async def run(name: ServiceName) -> AsyncIterator[Any]:
        settings = Settings.model_validate({"data_dir": tmp_path, name: {"database_url": new_database(name)}})
        service = Service(name, with_secrets(settings), Wire())
        async with service.running():
            yield service.domain

    return run


@pytest.fixture
async def shop(new_database: NewDatabase, tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop, once on each kind of database."""
    urls = {name: {"database_url": new_database(name)} for name in SERVICES}
    async with running_shop(Settings.model_validate({"data_dir": tmp_path, **urls})) as shop:
        yield shop


@pytest.fixture
async def sqlite_shop(tmp_path: Path, prepared: Prepared) -> AsyncIterator[Shop]:
    """A shop on SQLite, for tests that do not depend on the database."""
    prepared.fill(tmp_path)
    async with running_shop(Settings(data_dir=tmp_path)) as shop:
        yield shop

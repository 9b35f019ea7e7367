"""A schema made up, a PostgreSQL that the tests may stop, the log, and the keys and revocations of an Auth."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from minishop_server.kit import logging as kit_logging
from minishop_server.kit.logging import configure_logging
from minishop_server.kit.revocations import Revocations
from minishop_server.kit.tokens import TokenVerifier
from tests.support.issuer import Auth
from tests.support.log import Log
from tests.support.migrations import write_revision
from tests.support.postgres import Postgres, running_postgres

SCHEMA = "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER CHECK (size >= 0))"


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A schema with one table."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    write_revision(folder, "0001", SCHEMA)
    return folder


@pytest.fixture
def own_postgresql() -> Iterator[Postgres]:
    """A PostgreSQL that the test may stop."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def issuer() -> Auth:
    return Auth()


@pytest.fixture
def verifier(issuer: Auth) -> TokenVerifier:
    return TokenVerifier("orders", issuer.keys, Revocations(issuer.revocations))


@pytest.fixture
def logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Restore the logging of the process after the test."""
    monkeypatch.setattr(kit_logging, "least", logging.CRITICAL)
    monkeypatch.setattr(kit_logging, "as_json", True)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(False)
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def log(logging_as_before: None, monkeypatch: pytest.MonkeyPatch) -> Log:
    """Logging as a process of ours does it, to a standard error of the test."""
    log = Log()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(log.bytes, write_through=True))
    configure_logging()
    return log

"""`minishop migrate` makes the schemas, and a shop that may not do so itself waits for it or says so."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from minishop_server.kit.settings import SERVICES
from tests.support.processes import run, running

OFF = {"MINISHOP_MIGRATE": "off"}
OLD = "database (MINISHOP_PAYMENTS_DATABASE_URL) for this version, or run the version that made it.\n"


def test_it_says_for_each_service_what_it_did_and_the_second_time_that_there_was_nothing_to_do(
    tmp_path: Path, seven_databases: dict[str, str]
) -> None:
    first = run(tmp_path, "migrate", settings=seven_databases)
    second = run(tmp_path, "migrate", "orders", "auth", settings=seven_databases)

    assert [(0, "")] * 2 == [(ended.returncode, ended.stderr) for ended in (first, second)]
    lines = first.stdout.splitlines()
    assert list(SERVICES) == [line.split()[0] for line in lines]
    assert [True] * 7 == ["went from nothing to 0100" in line for line in lines]
    reached = {line.split()[0]: line.split()[-1] for line in lines}
    assert [[name, "is", "at", reached[name]] for name in ("orders", "auth")] == [
        line.split() for line in second.stdout.splitlines()
    ]


def test_a_service_that_it_does_not_know_and_a_server_that_is_away_are_told_in_a_line(tmp_path: Path) -> None:
    address = "postgresql://shop:hunter2@127.0.0.1:9/auth"

    unknown = run(tmp_path, "migrate", "nothing")
    away = run(tmp_path, "migrate", "auth", settings={"MINISHOP_AUTH_DATABASE_URL": address})

    assert [2, 2] == [unknown.returncode, away.returncode]
    assert "There is no service nothing." in unknown.stderr
    assert "The PostgreSQL of auth at 127.0.0.1:9, database auth, does not answer: connection refused.\n" == away.stderr


def test_a_whole_shop_that_may_not_migrate_says_what_to_type(tmp_path: Path) -> None:
    refused = run(tmp_path, "up", "--port", "0", settings=OFF)

    assert 2 == refused.returncode
    assert refused.stderr.endswith("minishop migrate auth\n")


def test_a_service_that_may_not_migrate_waits_for_it_and_can_be_stopped_meanwhile(tmp_path: Path) -> None:
    folder = tmp_path / "notifications"
    settings = {**OFF, "MINISHOP_AUTH_URL": "http://127.0.0.1:9"}
    with running(folder, "serve", "notifications", "--port", "0", settings=settings) as process:
        url = f"{process.wait_for_address()}/notifications"
        assert 200 == httpx.get(f"{url}/livez", timeout=60).status_code
        assert 503 == httpx.get(f"{url}/readyz", timeout=60).status_code

        assert 0 == run(folder, "migrate", "notifications").returncode

        give_up = time.monotonic() + 60
        while "The keys of Auth were not read yet" not in httpx.get(f"{url}/readyz", timeout=60).text:
            assert time.monotonic() < give_up, process.log
        assert 0 == process.interrupt()


def test_a_service_whose_schema_cannot_be_migrated_ends_with_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "notifications"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "notifications.db").write_bytes(b"no database" * 1000)

    ended = run(folder, "serve", "notifications", "--port", "0", settings={"MINISHOP_AUTH_URL": "http://127.0.0.1:9"})

    assert 1 == ended.returncode
    assert "file is not a database" in ended.stderr


@pytest.mark.parametrize("command", ["migrate payments", "up --port 0", "serve payments --port 0"])
def test_a_shop_of_before_the_first_release_is_refused_in_a_line_and_left_untouched(
    tmp_path: Path, command: str
) -> None:
    (file := tmp_path / "data" / "payments.db").parent.mkdir()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0007')")
    before = file.read_bytes()
    urls = {f"MINISHOP_{name.upper()}_URL": "http://127.0.0.1:9" for name in SERVICES}

    ended = run(tmp_path, *command.split(), settings={} if command.startswith("up") else urls)

    assert 1 == ended.returncode
    assert ended.stderr.endswith(OLD)
    assert before == file.read_bytes()

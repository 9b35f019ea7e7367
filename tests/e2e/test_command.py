"""What the command `minishop` says when it cannot do what it is asked for."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from minishop_server.cli import app

from . import processes


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, **settings: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200", "NO_COLOR": "1", **settings})


def test_a_port_that_is_taken_is_told_in_a_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        ended = run("up", "--port", port)

    assert (2, 1) == (ended.exit_code, len(ended.stderr.splitlines()))
    assert port in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "named"),
    [
        ("serve nothing", {}, ["auth", "notifications"]),
        ("serve orders", {}, ["MINISHOP_AUTH_URL", "MINISHOP_ORDERS_CLIENT_SECRET"]),
        ("up", {"MINISHOP_ORDERS_CLIENT_SECRET": "hunter2"}, ["MINISHOP_ORDERS_CLIENT_SECRET"]),
        ("up", {"MINISHOP_CART_DATABASE_URL": "mysql://a:hunter2@b/c"}, ["MINISHOP_CART_DATABASE_URL"]),
    ],
)
def test_a_command_that_cannot_be_done_says_why_and_quotes_no_secret(
    arguments: str, settings: dict[str, str], named: list[str]
) -> None:
    ended = run(*arguments.split(), **settings)

    assert 2 == ended.exit_code
    assert [] == [name for name in named if name not in ended.stderr]
    assert "hunter2" not in ended.output


def test_a_database_that_does_not_answer_is_told_in_a_line(tmp_path: Path) -> None:
    address = "postgresql://shop:hunter2@127.0.0.1:9/auth"

    ended = processes.run(tmp_path, "up", "--port", "0", settings={"MINISHOP_AUTH_DATABASE_URL": address})

    assert (2, "The PostgreSQL of auth does not answer.\n") == (ended.returncode, ended.stderr)

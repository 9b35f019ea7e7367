"""The error messages of the command `minishop`."""

from __future__ import annotations

import json
import re
import resource
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from minishop_server.commands.errors import told_plainly
from minishop_server.commands.main import app
from minishop_server.kit.database import SqliteDatabase
from tests.support import processes


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    structlog.reset_defaults()  # the log of a command goes to a standard error that is gone


def run(*arguments: str, typed: str | None = None, **settings: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200", "NO_COLOR": "1", **settings}, input=typed)


@pytest.mark.parametrize(("environment", "hint"), [({}, r"--port (\d+)"), ({"MAKELEVEL": "1"}, r"make run PORT=(\d+)")])
def test_a_port_that_is_taken_is_told_in_a_line_with_one_that_is_free(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], hint: str
) -> None:
    monkeypatch.delenv("MAKELEVEL", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        ended = run("up", "--port", port, **environment)

    assert (2, 1) == (ended.exit_code, len(ended.stderr.splitlines()))
    assert f"127.0.0.1, port {port}: address already in use." in ended.stderr
    found = re.search(f"Try another one: {hint}$", ended.stderr)
    assert found is not None
    socket.create_server(("127.0.0.1", int(found[1]))).close()


def test_where_another_port_would_not_help_none_is_named() -> None:
    ended = run("up", "--host", "192.0.2.1", "--port", "8000")

    assert (2, 1) == (ended.exit_code, len(ended.stderr.splitlines()))
    assert "Try" not in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "named"),
    [
        ("serve nothing", {}, ["auth", "notifications"]),
        ("serve orders", {}, ["MINISHOP_AUTH_URL", "MINISHOP_ORDERS_CLIENT_SECRET"]),
        ("up", {"MINISHOP_ORDERS_CLIENT_SECRET": "hunter2"}, ["MINISHOP_ORDERS_CLIENT_SECRET"]),
        *(
            (command, {"MINISHOP_PAYMENTS_CURRENCY": "jpy"}, ["MINISHOP_PAYMENTS_CURRENCY: prices have cents"])
            for command in ("up", "serve payments", "doctor")
        ),
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


@pytest.mark.parametrize("folder", ["file", "file/below", "/sys/minishop"])
@pytest.mark.parametrize("command", ["up --port 0", "migrate", "admin create grace g@example.com --password-stdin"])
def test_a_data_folder_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path, folder: str, command: str) -> None:
    (tmp_path / "file").touch()

    settings = {"MINISHOP_AUTH_KEY_SECRET": "k" * 32} if command.startswith("admin") else {}
    ended = run(*command.split(), "--data-dir", folder, typed="a-long-walk-by-the-sea\n", **settings)

    assert (1, 1) == (ended.exit_code, len(ended.stderr.splitlines())), ended.stderr
    assert ended.stderr.startswith((folder.removesuffix("/below"), f"{tmp_path}/{folder}"))
    assert "Traceback" not in ended.stderr
    assert any(reason in ended.stderr for reason in ("a file, not a folder", "not permitted", "Read-only"))


@pytest.mark.parametrize(("room", "named"), [(0, "auth.key"), (200, "auth.db")])
def test_a_disk_that_takes_no_more_is_told_with_the_file(tmp_path: Path, room: int, named: str) -> None:
    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    ended = processes.run(tmp_path, "up", "--port", "0", before=little)

    assert 1 == ended.returncode
    assert f"{tmp_path}/data/{named}: " in ended.stderr.splitlines()[-1].replace("data/", f"{tmp_path}/data/", 1)
    assert "Traceback" not in ended.stderr
    assert "line " not in ended.stderr


async def test_a_full_database_is_told_with_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = await SqliteDatabase.connect(f"{tmp_path}/cart.db")
    await database.execute("CREATE TABLE things (id INTEGER, name TEXT)")
    await database.execute("PRAGMA max_page_count = 2")
    with pytest.raises(SystemExit) as ended, told_plainly():
        await database.execute("INSERT INTO things VALUES ($1, $2)", 1, "x" * 100_000)
    await database.close()

    assert (1, f"{tmp_path}/cart.db: the disk is full") == (ended.value.code, capsys.readouterr().err.strip())


def test_a_password_that_is_not_given_is_no_failure_of_ours(tmp_path: Path) -> None:
    ended = run("admin", "create", "grace", "grace@example.com", "--data-dir", str(tmp_path), typed="")

    assert (1, "Stopped: the input ended too early.") == (ended.exit_code, ended.stderr.strip())


@pytest.mark.parametrize("arguments", ["up --port 0", "serve cart --port 0"])
def test_a_setting_that_does_not_exist_is_named_at_the_start(tmp_path: Path, arguments: str) -> None:
    settings = {"MINISHOP_RATE_LIMTS": "off", "MINISHOP_AUDIT_USER": "grace"}
    peers = {f"MINISHOP_{name}_URL": "http://127.0.0.1:9" for name in ("AUTH", "CATALOG")}

    with processes.running(tmp_path, *arguments.split(), settings=settings | peers) as process:
        process.wait_for_address()
        lines = [json.loads(line) for line in process.log.splitlines()]

    unknown = [line for line in lines if line["event"] == "unknown_setting"]
    assert [("warning", "MINISHOP_RATE_LIMTS", "MINISHOP_RATE_LIMITS")] == [
        (line["level"], line["name"], line["meant"]) for line in unknown
    ]


@pytest.mark.parametrize("width", ["20", "80", "400"])
def test_the_doctor_never_cuts_a_name(tmp_path: Path, width: str) -> None:
    name = "MINISHOP_ORDERS_CLIENT_SECRET_OF_A_VERY_LONG_NAME_THAT_FITS_INTO_NO_COLUMN"

    ended = run("doctor", "--data-dir", str(tmp_path), **{"COLUMNS": width, name: "x"})

    assert 1 == ended.exit_code
    assert f"{name} is not a setting" in ended.stdout
    assert "Did you mean MINISHOP_ORDERS_CLIENT_SECRET" in ended.stdout


def test_a_database_that_does_not_answer_is_told_in_a_line(tmp_path: Path) -> None:
    address = "postgresql://shop:hunter2@127.0.0.1:9/auth"

    ended = processes.run(tmp_path, "up", "--port", "0", settings={"MINISHOP_AUTH_DATABASE_URL": address})

    said = "The PostgreSQL of auth at 127.0.0.1:9, database auth, does not answer: connection refused.\n"
    *before, last = ended.stderr.splitlines(keepends=True)
    assert (2, said) == (ended.returncode, last)
    assert ["metrics_served"] == [json.loads(line)["event"] for line in before]


@pytest.mark.parametrize(
    "command",
    [
        "keys list",
        "keys rotate",
        "clients list",
        "clients rotate orders",
        "recover catalog",
        "recover auth --end-sessions",
        "admin create grace grace@example.com --password-stdin",
    ],
)
def test_a_mistyped_data_folder_is_told_and_not_created(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "dta"

    ended = run(*command.split(), "--data-dir", str(folder), typed="correct-horse-battery\n")

    assert (2, False) == (ended.exit_code, folder.exists())
    assert f"There is no shop in {folder}: " in ended.stderr


@pytest.mark.parametrize("command", ["demo", "audit --password x"])
@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "127.0.0.1:9", "http://nowhere.invalid"])
def test_an_address_without_a_shop_is_named_and_no_other_shop_is_used(command: str, address: str) -> None:
    ended = run(*command.split(), "--url", address)

    assert (2, 1) == (ended.exit_code, len(ended.stderr.splitlines()))
    assert f"No shop answers at {address}: " in ended.stderr


def test_the_command_tells_its_version() -> None:
    assert re.fullmatch(r"minishop \d+\.\d+\.\d+\n", run("--version").stdout)

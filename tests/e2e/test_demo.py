"""`minishop demo` tells a whole purchase."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from minishop_client import Minishop
from minishop_server.commands.main import app
from tests.support.processes import run, running_shop

STEPS = (
    "Register",
    "Log in",
    "Browse",
    "Fill the cart",
    "Check out",
    "See the order",
    "See the payment",
    "See the parcel",
    "See the e-mail",
    "Audit the books",
)


def steps(output: str) -> list[tuple[str, str]]:
    """The numbered lines."""
    return re.findall(r"^(\d+)  ([A-Z][\w -]*?)  ", output, re.MULTILINE)


def test_the_demo_starts_a_shop_where_none_answers_and_tells_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("minishop_server.commands.demo.DEFAULT", "http://127.0.0.1:9")
    ended = CliRunner().invoke(app, ["demo"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    structlog.reset_defaults()

    assert (0, "") == (ended.exit_code, ended.stderr)
    assert [(str(number), step) for number, step in enumerate(STEPS, 1)] == steps(ended.stdout)
    for word in ("Wireless Keyboard", "99.98", "ORD-101", "PAY-555", "SHIP-888", "Order Confirmation", "books add up"):
        assert word in ended.stdout
    assert [] == list(tmp_path.iterdir())


def test_the_demo_buys_in_a_shop_that_runs(tmp_path: Path) -> None:
    with running_shop(tmp_path / "shop") as (_, url), Minishop(url) as shop:
        shop.auth.register(username="somebody", email="somebody@example.com", password="correct-horse-battery")

        ended = run(tmp_path, "demo", "--url", url)

    assert (0, len(STEPS)) == (ended.returncode, len(steps(ended.stdout)))
    assert "you are user 5" in ended.stdout

"""The server has one clock, `kit/clock.py`: no other module and no SQL reads the time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "servers" / "minishop_server"
CLOCK = SERVER / "kit" / "clock.py"
MODULES = sorted(path for path in SERVER.rglob("*.py") if path != CLOCK and path.parent.name != "migrations")
IDLE = {"sleep"}
"""The one name of the module `time` that reads nothing."""
READERS = {"now", "utcnow", "today", "TimeStamper", "localtime", "make_msgid", "uuid1", "uuid6", "uuid7"}
"""Functions of libraries that read a clock, however they are imported."""
WITHOUT_ARGUMENTS = {"time", "formatdate"}
"""Those that read one unless they are given a time: of an event loop, and of `email.utils`."""
SQL_CLOCK = re.compile(
    r"\b(julianday|strftime|unixepoch|timeofday|(statement|clock|transaction)_timestamp)\b|\bnow\(|'now'"
    r"|\b(CURRENT|LOCAL)_?(TIMESTAMP|TIME|DATE)\b",
    re.IGNORECASE,
)
SHARED = '"(CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT) + CAST($1 AS BIGINT))"'
"""The clock that replicas with one PostgreSQL share, which a replaced clock moves along by `$1`."""


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def clocks(source: str) -> Iterator[str]:
    """The expressions and imports of a module that read a clock."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (f"import {alias.name}" for alias in node.names if alias.name == "time")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[2] != "clock":
            names = {alias.name for alias in node.names}
            read = names - IDLE if node.module == "time" else names & READERS
            yield from (f"from {node.module} import {name}" for name in sorted(read))
        elif isinstance(node, ast.Attribute) and node.attr in READERS:
            yield ast.unparse(node)
        elif isinstance(node, ast.Call) and not node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in WITHOUT_ARGUMENTS:
                yield ast.unparse(node)


def sql_clocks(source: str) -> Iterator[str]:
    """The texts of a module, apart from docstrings, that contain a clock of SQL."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings and SQL_CLOCK.search(str(node.value)):
            yield ast.get_source_segment(source, node) or ""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import time", ["import time"]),
        ("from time import monotonic, sleep", ["from time import monotonic"]),
        ("datetime.now(UTC)", ["datetime.now"]),
        ("field(default_factory=date.today)", ["date.today"]),
        ("structlog.processors.TimeStamper(utc=True)", ["structlog.processors.TimeStamper"]),
        ("from email.utils import localtime", ["from email.utils import localtime"]),
        ("asyncio.get_running_loop().time()", ["asyncio.get_running_loop().time()"]),
        ("formatdate(usegmt=True)", ["formatdate(usegmt=True)"]),
        ("formatdate(seconds, usegmt=True)", []),
        ("from ..kit.clock import now\nnow()", []),
    ],
)
def test_the_search_finds_every_kind_of_clock(source: str, found: list[str]) -> None:
    assert found == list(clocks(source))


@pytest.mark.parametrize(
    "clock", ["julianday('now')", "CURRENT_TIMESTAMP", "statement_timestamp()", "now()", "date('now')", "LOCALTIME"]
)
def test_the_search_finds_the_clocks_of_sql(clock: str) -> None:
    assert [f'"SELECT {clock}"'] == list(sql_clocks(f'run("SELECT {clock}")'))


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_other_module_reads_the_time(path: Path) -> None:
    assert [] == list(clocks(path.read_text("utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_sql_reads_the_time_apart_from_the_clock_that_replicas_share(path: Path) -> None:
    shared = [SHARED] if path == SERVER / "kit" / "database" / "postgresql.py" else []

    assert shared == list(sql_clocks(path.read_text("utf-8")))

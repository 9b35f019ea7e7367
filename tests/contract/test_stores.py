"""The rules of stores and of money: statements stand in blocks, and amounts are converted at the edge."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "servers" / "minishop_server"
SERVICES = SERVER / "services"
STORES = sorted(
    {*SERVICES.rglob("store.py"), *(SERVER / "kit").glob("outbox/*.py"), *(SERVER / "kit").glob("database/*.py")}
)
BEGINNINGS = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "CREATE ")
READS = ("fetch", "fetchrow", "returning")
EDGES = {"handlers.py", "peers.py", "confirmation.py"}
"""The requests and answers of a service, its calls to others, and the text of a mail."""


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts(path: Path) -> Iterator[tuple[ast.expr, str]]:
    """The texts of a module, with their source."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield node, ast.get_source_segment(source, node) or ""


@pytest.mark.parametrize("path", STORES, ids=shown)
def test_a_statement_of_more_than_a_line_is_one_block(path: Path) -> None:
    joined = [
        text
        for node, text in texts(path)
        if node.lineno != node.end_lineno
        and text.lstrip("f").lstrip('"').lstrip().startswith(BEGINNINGS)
        and not text.lstrip("f").startswith('"""')
    ]

    assert [] == joined


@pytest.mark.parametrize("path", sorted({*SERVICES.rglob("*.py"), *(SERVER / "kit").glob("outbox/*.py")}), ids=shown)
def test_rows_are_read_as_typed_dicts(path: Path) -> None:
    """mypy rejects other expressions of an unknown type, but takes `dict` for a type that is known."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    reads = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in READS]

    assert [] == [ast.unparse(call) for call in reads if not ast.unparse(call.args[0])[0].isupper()]


@pytest.mark.parametrize("path", sorted(SERVICES.rglob("*.py")), ids=shown)
def test_money_is_converted_at_the_edge_of_a_service_alone(path: Path) -> None:
    imported = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "kit.money"
        for alias in node.names
    }

    assert path.name in EDGES or imported <= {"Cents"}

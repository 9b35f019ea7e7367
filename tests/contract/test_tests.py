"""Tests use only public names, and share their helpers in tests/support."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for folder in ("tests", "bench") for path in (ROOT / folder).rglob("*.py"))
OF_PYTHON = {"os._exit", "sys._getframe"}
"""Documented functions of Python with a private form of name."""


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def own(tree: ast.AST) -> set[ast.Attribute]:
    """The attributes that classes of the module read of their own objects, and set or define themselves."""
    within = [node for each in ast.walk(tree) if isinstance(each, ast.ClassDef) for node in ast.walk(each)]
    attributes = [node for node in within if isinstance(node, ast.Attribute)]
    read = {node for node in attributes if ast.unparse(node.value) in ("self", "cls", "super()")}
    made = {node.attr for node in read if isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in within if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    made |= {node.id for node in within if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return {node for node in read if node.attr in made}


def imported(tree: ast.AST) -> Iterator[str]:
    """The full name of everything that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def reached(tree: ast.AST) -> set[str]:
    """The private names of other modules: attributes, imports, and targets of monkeypatch.setattr."""
    found = {part for name in imported(tree) for part in name.split(".") if is_private(part)}
    its_own = own(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node not in its_own:
            found |= {node.attr} if ast.unparse(node) not in OF_PYTHON else set()
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("setattr"):
            texts = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            found |= {part for text in texts if isinstance(text, str) for part in text.split(".") if is_private(part)}
    return found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("shop._peers", {"_peers"}),
        ("class Shop:\n def __init__(self): self._peers = 1\n def peers(self): return self._peers", set()),
        ("class Shop(Base):\n def peers(self): return self._peers", {"_peers"}),
        ("def peers(self): return self._peers", {"_peers"}),
        ("from a.b import _c", {"_c"}),
        ("from a._b import c", {"_b"}),
        ("monkeypatch.setattr(keys, '_cipher', None)", {"_cipher"}),
        ("monkeypatch.setattr('a.b._c', None)", {"_c"}),
        ("a.__name__", set()),
        ("os._exit(1)", set()),
    ],
)
def test_private_names_are_found(code: str, expected: set[str]) -> None:
    assert expected == reached(ast.parse(code))


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_test_reaches_no_private_name(path: Path) -> None:
    assert set() == reached(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_module_imports_a_test_module_or_a_conftest(path: Path) -> None:
    parts = {part for name in imported(ast.parse(path.read_text(encoding="utf-8"))) for part in name.split(".")[:-1]}

    assert [] == [part for part in parts if part.startswith("test_") or part == "conftest"]


@pytest.mark.parametrize("folder", ["bench", "scripts", "tests"])
def test_nothing_changes_the_search_path(folder: str) -> None:
    found = [path for path in (ROOT / folder).rglob("*.py") if "sys.path" + ".insert" in path.read_text("utf-8")]

    assert [] == found

"""Tests use public names alone, and share what lies in tests/support."""

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


def is_own(node: ast.expr) -> bool:
    """Whether it stands for an object or a class of the module itself."""
    return ast.unparse(node) in ("self", "cls", "super()")


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
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and not is_own(node.value):
            found |= {node.attr} if ast.unparse(node) not in OF_PYTHON else set()
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("setattr"):
            texts = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            found |= {part for text in texts if isinstance(text, str) for part in text.split(".") if is_private(part)}
    return found


LEFT: dict[str, set[str]] = {
    "bench/peers/minishop_checked_anew.py": {"_Response"},
    "tests/chaos/faults.py": {"_finish"},
    "tests/e2e/test_pages.py": {"_cards"},
    "tests/support/open_shop.py": {"_open"},
    "tests/support/outbox.py": {"_running"},
    "tests/support/payments.py": {"_provider"},
    "tests/unit/auth/test_enumeration.py": {"_SqliteConnection", "_run"},
    "tests/unit/auth/test_sessions.py": {"_open"},
    "tests/unit/auth/test_signing_keys.py": {"_asked", "_cipher", "_keys"},
    "tests/unit/cart/test_cart.py": {"_PostgresConnection", "_store"},
    "tests/unit/client/test_client_sessions.py": {"_login"},
    "tests/unit/kit/conftest.py": {"_as_json", "_least"},
    "tests/unit/kit/test_clocks.py": {"_verifier"},
    "tests/unit/kit/test_full_disk.py": {"_writer"},
    "tests/unit/kit/test_migrations.py": {"_head"},
    "tests/unit/kit/test_paging.py": {"_list"},
    "tests/unit/kit/test_postgresql.py": {"_at_hand"},
    "tests/unit/kit/test_revocations.py": {"_revocations"},
    "tests/unit/notifications/test_notifications.py": {"_path"},
    "tests/unit/payments/test_stripe.py": {"_client", "_intents"},
}
"""Private names that a module still reaches. The table only gets shorter."""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("shop._peers", {"_peers"}),
        ("self._peers", set()),
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
    assert set() == reached(ast.parse(path.read_text(encoding="utf-8"))) - LEFT.get(shown(path), set())


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_module_imports_a_test_module_or_a_conftest(path: Path) -> None:
    parts = {part for name in imported(ast.parse(path.read_text(encoding="utf-8"))) for part in name.split(".")[:-1]}

    assert [] == [part for part in parts if part.startswith("test_") or part == "conftest"]


@pytest.mark.parametrize("folder", ["bench", "scripts", "tests"])
def test_nothing_changes_the_search_path(folder: str) -> None:
    found = [path for path in (ROOT / folder).rglob("*.py") if "sys.path" + ".insert" in path.read_text("utf-8")]

    assert [] == found

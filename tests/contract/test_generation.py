"""The generated files match the documents, byte for byte."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = Path("generated/minishop_contracts")
SERVICES = Path("clients/minishop_client/services")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout of the test's own."""
    for folder in ("scripts", "openapi", "clients/templates", CONTRACTS, SERVICES):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignore)
    return tmp_path


def generate(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.generate", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True)


def test_regenerating_changes_nothing() -> None:
    done = generate(ROOT, "--check")

    assert (0, "") == (done.returncode, done.stderr), done.stdout


def test_each_changed_missing_and_surplus_file_is_named_and_then_put_right(copy: Path) -> None:
    changed = SERVICES / "cart" / "cart.py"
    missing = CONTRACTS / "specs" / "orders.yaml"
    surplus = CONTRACTS / "models" / "by_hand.py"
    with (copy / changed).open("a") as file:
        file.write("# a patch\n")
    (copy / missing).unlink()
    (copy / surplus).touch()

    checked = generate(copy, "--check")
    written = generate(copy)

    assert 1 == checked.returncode
    named = [f"missing: {missing}", f"surplus: {surplus}", f"differs: {changed}"]
    assert sorted(named) == sorted(checked.stdout.splitlines()[:-1])
    assert 0 == written.returncode
    assert (ROOT / missing).read_bytes() == (copy / missing).read_bytes()
    assert (ROOT / changed).read_bytes() == (copy / changed).read_bytes()
    assert not (copy / surplus).exists()


def test_a_warning_of_a_generator_is_an_error(copy: Path) -> None:
    document = copy / "openapi" / "cart.yaml"
    document.write_text(document.read_text().replace("application/json:", "application/msgpack:"))

    done = generate(copy)

    assert 1 == done.returncode
    assert "cart: " in done.stderr

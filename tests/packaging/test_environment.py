"""`make` creates the environment, also after a failed or interrupted attempt."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = (
    "Makefile",
    "requirements.lock",
    "clients/pyproject.toml",
    "generated/pyproject.toml",
    "servers/pyproject.toml",
)

WITHOUT_VENV = """#!/bin/sh
# As Debian's Python without python3-venv: half of an environment, and an error.
case "$*" in
  *venv*) mkdir -p .venv/bin; ln -s /bin/false .venv/bin/python; echo "ensurepip is not available" >&2; exit 1 ;;
esac
"""
WITH_VENV = """#!/bin/sh
case "$*" in
  *venv*) rm -rf .venv; mkdir -p .venv/bin; cp pip.sh .venv/bin/python ;;
esac
"""
PIP = """#!/bin/sh
case "$*" in *"pip install"*) printf '#!/bin/sh\\necho "$@" >> uv.txt\\n' > .venv/bin/uv; chmod +x .venv/bin/uv ;; esac
"""
CUT_SHORT = """#!/bin/sh
case "$*" in
  *venv*) rm -rf .venv; mkdir -p .venv/bin; ln -s /bin/false .venv/bin/python ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files of a checkout that `make` needs, and a Python with scripted answers."""
    for name in NEEDED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    install(tmp_path / "pip.sh", PIP)
    return tmp_path


def install(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def make(checkout: Path, python: str) -> subprocess.CompletedProcess[str]:
    """`make .venv/ready` with a Python that behaves so."""
    install(checkout / "python3.99", python)
    return subprocess.run(
        ["make", ".venv/ready", f"PYTHON={checkout}/python3.99"],
        cwd=checkout,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_python_that_cannot_make_environments_leaves_none_behind_and_its_remedy_is_named(checkout: Path) -> None:
    failed = make(checkout, WITHOUT_VENV)

    assert 0 != failed.returncode
    assert "apt install python3.99-venv" in failed.stdout
    assert not (checkout / ".venv").exists()

    assert (0, True) == (make(checkout, WITH_VENV).returncode, (checkout / ".venv/ready").exists())


def test_an_environment_that_was_cut_short_is_made_anew(checkout: Path) -> None:
    assert 0 != make(checkout, CUT_SHORT).returncode
    assert (checkout / ".venv/bin/python").exists()

    made = make(checkout, WITH_VENV)

    assert 0 == made.returncode, made.stdout + made.stderr
    assert "pip sync" in (checkout / "uv.txt").read_text()


def test_an_environment_that_is_whole_is_kept(checkout: Path) -> None:
    make(checkout, WITH_VENV)
    (checkout / ".venv/mine").touch()
    (checkout / "requirements.lock").touch()

    assert 0 == make(checkout, WITHOUT_VENV).returncode

    assert (checkout / ".venv/mine").exists()

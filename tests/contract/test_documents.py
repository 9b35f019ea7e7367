"""The documents hold our rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_documents_hold_every_rule() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "lint_specs.py")]
    done = subprocess.run(command, capture_output=True, text=True)

    assert (0, "") == (done.returncode, done.stderr), done.stdout
    assert done.stdout.startswith("All 8 documents hold ")

"""The programs and commands that the documents print, and the shells that people paste them into."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "clients/README.md",
    *sorted(ROOT.glob("docs/**/*.md")),
]
ADDRESS = "http://127.0.0.1:8000"

SHELLS = {"bash": ("bash", "--norc", "-i"), "dash": ("dash",), "zsh": ("zsh", "-f", "-i")}
"""Interactive, if a shell then treats more characters as special."""

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"`((?:make|minishop|(?:\.venv/bin/)?python|\.venv/bin/\w+) [^`]+)`")
_INDENTED = re.compile(r"\n\n    \S")


def blocks(document: Path, language: str) -> list[str]:
    """The blocks of a language in a document, in their order."""
    return [text for name, text in _BLOCK.findall(document.read_text("utf-8")) if name == language]


def has_blocks_of_no_language(document: Path) -> bool:
    """Whether something is printed in a way that no test would find."""
    text = document.read_text("utf-8")
    return len(_BLOCK.findall(text)) * 2 != len(re.findall("^```", text, re.MULTILINE)) or bool(_INDENTED.search(text))


def commands(document: Path) -> Iterator[list[str]]:
    """Each command of ours, in a block or in a sentence, as words."""
    for block in blocks(document, "sh"):
        for line in block.splitlines():
            if line.startswith(("make ", ".venv/")):
                yield shlex.split(line)
    for text in _COMMAND.findall(document.read_text("utf-8")):
        yield shlex.split(text.replace("…", ""))


def shells() -> list[str]:
    """All shells in CI, and the installed ones elsewhere, because `make test` needs nothing but Python."""
    return [name for name in SHELLS if "CI" in os.environ or shutil.which(name)]


def typed(
    shell: str, text: str, folder: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The result of lines that are typed into a shell, which ends at the first that fails."""
    assert shutil.which(shell), f"{shell} is not installed: apt install {shell}"
    return subprocess.run(
        SHELLS[shell],
        input=f"set -e\n{text}\nexit\n",
        cwd=folder,
        env={**os.environ, "PS1": "", "PROMPT": "", **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        start_new_session=True,  # an interactive shell would take the terminal of the tests
    )


def ran(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The result of a program, in the environment that `make run` made."""
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False
    )

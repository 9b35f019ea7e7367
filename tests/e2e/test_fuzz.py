"""`minishop fuzz` finds deliberate faults, reports them plainly, and finds them again."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.support import processes

# Loaded by every Python process that finds it: in the shop, only the users of the run can log in.
BROKEN_LOGIN = """
import sys
if "up" in sys.orig_argv:
    import warnings
    warnings.simplefilter("ignore")
    from minishop_server.services.auth import handlers

    async def login(auth: handlers.Auth, body: handlers.models.Login) -> handlers.Reply[handlers.answers.Token]:
        if body.username not in ("fuzz-customer", "fuzz-stranger", "grace"):
            raise ZeroDivisionError
        return await right(auth, body)

    right, handlers.login = handlers.login, login
"""
EXAMPLE_PASSWORD = "a-long-walk-by-the-sea"


@dataclass(frozen=True)
class Run:
    """A run of the command that has ended."""

    exit_code: int
    lines: list[str]
    folder: Path

    def report(self, name: str) -> str:
        return (self.folder / "reports" / "fuzz" / name).read_text("utf-8")

    @property
    def fingerprint(self) -> str:
        found = re.search("Fingerprint of the requests: <code>([0-9a-f]+)", self.report("index.html"))
        assert found is not None
        return found[1]


def fuzz(folder: Path, *arguments: str, **settings: str) -> Run:
    """The command in a new folder, or in one where it ran before."""
    folder.mkdir(exist_ok=True)
    ended = processes.run(folder, "fuzz", *arguments, settings=settings)
    assert ended.returncode in (0, 1), ended.stdout + ended.stderr
    return Run(ended.returncode, ended.stdout.splitlines(), folder)


def test_a_broken_operation_is_told_in_a_line_that_finds_it_again(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(BROKEN_LOGIN, "utf-8")
    broken = {"PYTHONPATH": str(tmp_path)}

    first = fuzz(tmp_path / "first", "auth", "--operation", "login", "--max-examples", "1", **broken)

    assert 1 == first.exit_code
    told = [line for line in first.lines if line.startswith("auth login ")]
    assert (
        "auth login not_a_server_error: 500 Internal Server Error: Server error" == told[0].partition(" [replay: ")[0]
    )
    assert f"Findings: {len(told)}, see reports/fuzz/index.html" == first.lines[-1]
    failures = ElementTree.fromstring(first.report("auth.xml")).findall(".//failure")
    assert 1 == len(failures)
    for name in ("index.html", "auth.xml", "auth.txt", "auth.json"):
        assert EXAMPLE_PASSWORD not in first.report(name)
    assert "POST" in first.report("index.html")

    command = re.search(r"\[replay: minishop fuzz (.*)\]", told[0])
    assert command is not None
    again = fuzz(tmp_path / "again", *shlex.split(command[1]), **broken)

    assert told == [line for line in again.lines if line.startswith("auth login ")]
    assert first.fingerprint == again.fingerprint
    mended = fuzz(tmp_path / "mended", *shlex.split(command[1]))
    assert (0, 0) == (mended.exit_code, sum("findings" in line.lower() for line in mended.lines))

"""A checkout whose releases take a second: its `make` makes the environment of these tests, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from scripts.release.records import ROOT, git

VENV = Path(sys.prefix)
MAKEFILE = f"""\
generate:
\t@mkdir -p .venv/bin && cp {VENV}/pyvenv.cfg .venv/ && ln -s {VENV}/lib .venv/lib
\t@ln -s {VENV}/bin/* .venv/bin/
sbom:
check:
\t@test ! -e broken.txt
"""
IDENTITY = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b.c",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b.c",
}


class Checkout:
    """The files of this checkout as the only commit of a new repository, with other files instead of some of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
        for name in names:
            if (ROOT / name).is_file() and not name.startswith(("tests/", "bench/", "docs/benchmarks/")):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes((ROOT / name).read_bytes())
        self.write("Makefile", MAKEFILE)
        self.write("docs/released/releases.json", "[]\n")
        self.write("CHANGELOG.md", "# Changelog\n\n## Next (unreleased)\n\n- A shop.\n")
        git(root, "init", "--quiet", "--initial-branch=main")
        self.commit()

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        (self.root / name).write_text(text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that is in a file."""
        text = (self.root / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def commit(self) -> None:
        """Commit all files."""
        git(self.root, "add", "--all")
        subprocess.run(["git", "commit", "-qm", "x"], cwd=self.root, env={**os.environ, **IDENTITY}, check=True)

    def release(self, version: str) -> subprocess.CompletedProcess[str]:
        """Run the command behind `make release VERSION=… IMAGE=no`."""
        command = [sys.executable, "-m", "scripts.release", version, "--no-image"]
        environment = {**os.environ, **IDENTITY}
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    def state(self) -> tuple[str, str, str, str]:
        """The commit, the tags, the work trees and the changes."""
        return (
            git(self.root, "rev-parse", "HEAD"),
            git(self.root, "tag", "--list"),
            git(self.root, "worktree", "list", "--porcelain"),
            git(self.root, "status", "--porcelain"),
        )

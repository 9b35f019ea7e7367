"""The releases so far, in docs/released/releases.json, and the sources of one.

A release is known by the tree of its commit, the Git object that has all its files. A clone without tags has it too,
and so does one whose commits were rebased.
"""

import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parents[2]
RECORDS = "docs/released/releases.json"
MIGRATIONS = "servers/minishop_server/services/*/migrations/*.py"


class Record(TypedDict):
    """A release: its version, the day in UTC, the tree of its commit, and the SHA-256 of each wheel."""

    version: str
    date: str
    tree: str
    wheels: dict[str, str]


class NoSources(Exception):
    """This clone does not have the sources of a release."""


def records(root: Path = ROOT) -> list[Record]:
    """The releases, the oldest first."""
    path = root / RECORDS
    found: list[Record] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return found


def add_record(root: Path, record: Record) -> None:
    """Note a release."""
    text = json.dumps([*records(root), record], indent=2) + "\n"
    (root / RECORDS).write_text(text, "utf-8")


def tree_of(record: Record, root: Path = ROOT) -> str:
    """The tree of a release: that of its tag, or the recorded one where the tag is missing.

    Raises:
        NoSources: this clone has neither, or the tag is of something else.
    """
    tag, tree = f"v{record['version']}", record["tree"]
    tagged = git(root, "rev-parse", "--quiet", "--verify", f"refs/tags/{tag}^{{tree}}", check=False)
    if tagged and tagged != tree:
        raise NoSources(f"The tag {tag} is not the release in {RECORDS}. Get it again: git fetch --tags --force")
    if not git(root, "rev-parse", "--quiet", "--verify", f"{tree}^{{tree}}", check=False):
        deeper = "--unshallow " if git(root, "rev-parse", "--is-shallow-repository") == "true" else ""
        raise NoSources(f"This clone does not have {tag}. Get it: git fetch {deeper}--tags")
    return tree


def edited_migrations(root: Path = ROOT) -> list[str]:
    """The migrations of all releases whose text is another one now, or that are gone.

    Raises:
        NoSources: see `tree_of`.
    """
    edited = set[str]()
    for record in records(root):
        changed = git(root, "diff", "--name-only", "--diff-filter=MDRT", tree_of(record, root), "--", MIGRATIONS)
        edited |= set(changed.splitlines())
    return sorted(edited)


def extract(tree: str, folder: Path, root: Path = ROOT) -> None:
    """Write the files of a tree into a new folder."""
    command = ["git", "archive", "--format=zip", tree]
    archive = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, check=True).stdout
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        files.extractall(folder)


def git(root: Path, *words: str, check: bool = True) -> str:
    """The output of Git."""
    command = ["git", *words]
    return subprocess.run(command, cwd=root, stdout=subprocess.PIPE, encoding="utf-8", check=check).stdout.strip()

"""Make a release: its commit, its tag, and dist/ with the wheels, the SBOM and the checksums. See docs/releasing.md.

    python -m scripts.release VERSION [--no-image] [--base IMAGE]

All work happens in a work tree of its own; the checkout and its branch change at the end, if everything succeeded.
Nothing is pushed or uploaded.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from packaging.version import Version

from scripts.breaking import RELEASED, compare, present_documents
from scripts.deploy import image
from scripts.deploy.image_archive import SAVES
from scripts.release.edits import (
    Refusal,
    close_section,
    open_section,
    parsed,
    require_entries,
    require_greater,
    set_document_version,
    set_versions,
)
from scripts.release.records import ROOT, NoSources, Record, add_record, edited_migrations, extract, git, records
from scripts.release.wheels import build_wheels, sums
from scripts.strict_yaml import read_all

SBOM = Path("deploy/image/sbom.cdx.json")
MADE = ("VERSION", "IMAGE", "BASE", "MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "VIRTUAL_ENV")
"""Variables of the `make` that runs this."""


def main() -> int:
    """0, or 1 if the release is refused or a part of it fails."""
    parser = argparse.ArgumentParser(description="Make a release. Nothing is pushed or uploaded.")
    parser.add_argument("version")
    parser.add_argument("--no-image", action="store_true", help="where no container engine works")
    parser.add_argument("--base", help="another base of the image")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the work tree is removed then, too
    try:
        start = require_release(options.version)
        if not options.no_image and image.engine(SAVES) is None:
            raise Refusal(
                "Neither Buildah nor Podman works here, and Docker does not build the same image twice. On Debian and"
                f" Ubuntu: apt install buildah. Without the image: make release VERSION={options.version} IMAGE=no"
            )
        with work_tree(start) as tree:
            released = prepare(tree, options.version)
            build(tree, options.version, None if options.no_image else [f"--base={options.base}"] * bool(options.base))
            publish(tree, options.version, start, released)
    except (Refusal, NoSources) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except subprocess.CalledProcessError as error:
        print(f"{error} Nothing was released, and the checkout is unchanged.", file=sys.stderr)
        return 1
    branch = git(ROOT, "branch", "--show-current")
    print(f"Version {options.version} is released here: two commits, the tag v{options.version}, and dist/.")
    print(f"Publish it: git push --atomic origin {branch} v{options.version}")
    print("Then upload the files in dist/ to where your users get them.")
    return 0


def require_release(version: str) -> str:
    """The commit that is to be released.

    Raises:
        Refusal: this version may not be made of this checkout.
    """
    wanted, known = parsed(version), [Version(record["version"]) for record in records()]
    for record in records():
        if record["version"] == version:
            raise Refusal(f"{version} is released already. {_missing_tag(record)}".rstrip())
    if git(ROOT, "status", "--porcelain"):
        raise Refusal("The checkout has changes that are not committed.")
    if not git(ROOT, "branch", "--show-current"):
        raise Refusal("The checkout is on no branch.")
    if git(ROOT, "tag", "--list", f"v{version}"):
        raise Refusal(f"The tag v{version} exists, but no release of it. Remove it: git tag --delete v{version}")
    require_entries((ROOT / "CHANGELOG.md").read_text("utf-8"))
    comparisons = compare(read_all(RELEASED), present_documents())
    if not all(comparison.allowed for comparison in comparisons):
        raise Refusal("A document breaks clients under its old major version: .venv/bin/python -m scripts.breaking")
    require_greater(wanted, max(known, default=None), comparisons)
    if edited := edited_migrations():
        raise Refusal(f"A released migration was edited: {', '.join(edited)}")
    return git(ROOT, "rev-parse", "HEAD")


@contextmanager
def work_tree(commit: str) -> Iterator[Path]:
    """A work tree of the commit, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="minishop-release-") as folder:
        tree = Path(folder) / "minishop"
        git(ROOT, "worktree", "add", "--quiet", "--detach", str(tree), commit)
        try:
            yield tree
        finally:
            git(ROOT, "worktree", "remove", "--force", str(tree))


def prepare(tree: Path, version: str) -> str:
    """Commit the files of the release, checked, and return the commit."""
    set_versions(tree, version)
    now, before = present_documents(), read_all(RELEASED)
    for comparison in compare(before, now):
        changed = before[comparison.service] != now.get(comparison.service)
        print(f"{comparison.service}: {set_document_version(tree / 'openapi', comparison, changed)}")
    changelog = tree / "CHANGELOG.md"
    changelog.write_text(close_section(changelog.read_text("utf-8"), version, today()), "utf-8")
    make(tree, "generate", "sbom")
    run(tree, ".venv/bin/python", "-m", "scripts.breaking", "--release", output=subprocess.DEVNULL)
    make(tree, "check")
    git(tree, "add", "--all")
    git(tree, "commit", "--quiet", "--message", f"Release {version}")
    return git(tree, "rev-parse", "HEAD")


def build(tree: Path, version: str, image_options: list[str] | None) -> None:
    """Put the files of the release into dist/, each built twice."""
    dist, again = tree / "dist", tree.parent / "again"
    if image_options is None:
        dist.mkdir()
        shutil.copy(tree / SBOM, dist)
    else:
        run(tree, ".venv/bin/python", "-m", "scripts.deploy.image", "--twice", *image_options)
    for folder in dist, again:
        sources = tree.parent / f"sources-of-{folder.name}"
        extract("HEAD", sources, tree)
        build_wheels(sources, folder, tree / ".venv/bin/python")
    if sums(list(dist.glob("*.whl"))) != sums(list(again.glob("*.whl"))):
        raise Refusal(f"The wheels of {version} are not the same when they are built again. Nothing was released.")


def publish(tree: Path, version: str, start: str, released: str) -> None:
    """Note the release after its commit, tag it, and let the branch have both."""
    dist = tree / "dist"
    (dist / "SHA256SUMS").write_text("".join(f"{sha}  {name}\n" for name, sha in sums(list(dist.iterdir())).items()))
    source, wheels = git(tree, "rev-parse", f"{released}^{{tree}}"), sums(list(dist.glob("*.whl")))
    add_record(tree, {"version": version, "date": today(), "tree": source, "wheels": wheels})
    changelog = tree / "CHANGELOG.md"
    changelog.write_text(open_section(changelog.read_text("utf-8")), "utf-8")
    git(tree, "add", "--all")
    git(tree, "commit", "--quiet", "--message", f"Version {version} is released")
    if git(ROOT, "rev-parse", "HEAD") != start:
        raise Refusal("The branch moved meanwhile. Nothing was released.")
    git(ROOT, "merge", "--quiet", "--ff-only", git(tree, "rev-parse", "HEAD"))  # fails if a file was edited meanwhile
    git(ROOT, "tag", "--annotate", f"v{version}", "--message", f"Minishop {version}", released)
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    shutil.copytree(dist, ROOT / "dist")


def _missing_tag(record: Record) -> str:
    """The command that sets the tag of a release, where it is missing."""
    tag = f"v{record['version']}"
    commits = (line.split() for line in git(ROOT, "log", "--format=%T %H").splitlines())
    commit = next((commit for tree, commit in commits if tree == record["tree"]), None)
    if commit is None or git(ROOT, "tag", "--list", tag):
        return ""
    return f"Its tag is missing: git tag --annotate {tag} --message 'Minishop {record['version']}' {commit}"


def make(tree: Path, *targets: str) -> None:
    """Make these targets there, with an environment of their own."""
    run(tree, "make", f"PYTHON={sys.executable}", *targets)


def run(tree: Path, *words: str, output: int | None = None) -> None:
    """Run a command there, without the variables of this one."""
    environment = {name: value for name, value in os.environ.items() if name not in MADE}
    subprocess.run(words, cwd=tree, env=environment, stdout=output, check=True)


def today() -> str:
    """The day in UTC."""
    return datetime.now(UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())

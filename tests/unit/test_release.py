"""`make release`: its refusals, its changes, and its sources, which are found again."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
from pathlib import Path

import pytest
from packaging.version import Version

from scripts.breaking import Comparison
from scripts.release.edits import Refusal, next_version, parsed, require_greater, set_versions
from scripts.release.records import ROOT, NoSources, edited_migrations, extract, git, records, tree_of
from scripts.release.wheels import build_wheels, sums
from tests.support.checkouts import Checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


def test_a_release_has_its_versions_changelog_documents_tag_and_files(checkout: Checkout) -> None:
    root = checkout.root
    checkout.edit("openapi/cart.yaml", "title: Minishop Cart", "title: Cart of Minishop")
    checkout.commit()
    start = git(root, "rev-parse", "HEAD")

    ended = checkout.release("0.7.0")

    assert (0, "") == (ended.returncode, ended.stderr)
    assert "git push --atomic origin main v0.7.0\n" in ended.stdout
    assert ["Version 0.7.0 is released", "Release 0.7.0"] == git(root, "log", "--format=%s", f"{start}..").splitlines()
    assert git(root, "rev-parse", "HEAD~") == git(root, "rev-parse", "v0.7.0^{commit}")
    assert "tag" == git(root, "cat-file", "-t", "v0.7.0")
    assert '\nversion = "0.7.0"\n' in git(root, "show", "v0.7.0:servers/pyproject.toml")
    assert "title: Cart of Minishop\n" in git(root, "show", "v0.7.0:docs/released/cart.yaml")
    [record] = records(root)
    assert f"# Changelog\n\n## 0.7.0 ({record['date']})\n\n- A shop." == git(root, "show", "v0.7.0:CHANGELOG.md")
    assert (root / "CHANGELOG.md").read_text().startswith("# Changelog\n\n## Next (unreleased)\n\n## 0.7.0 (")
    assert ("0.7.0", tree_of(record, root)) == (record["version"], record["tree"])
    listed = dict(line.split()[::-1] for line in (root / "dist/SHA256SUMS").read_text().splitlines())
    files = {path.name: path for path in (root / "dist").iterdir()}
    assert files.keys() == listed.keys() | {"SHA256SUMS"}
    assert listed == {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in listed}
    assert record["wheels"].items() <= listed.items()
    assert 3 == len(record["wheels"])
    assert ("", 1) == (git(root, "status", "--porcelain"), git(root, "worktree", "list").count("\n") + 1)


def test_a_version_is_released_once_and_the_next_one_needs_entries(checkout: Checkout) -> None:
    checkout.release("0.7.0")
    released = checkout.state()

    refusals = [checkout.release(version).stderr for version in ("0.7.0", "0.6.9", "0.7.1")]
    checkout.edit("CHANGELOG.md", "(unreleased)\n", "(unreleased)\n\n- More.\n")
    checkout.commit()
    lower, higher = checkout.release("0.6.9"), checkout.release("0.7.1")

    assert "0.7.0 is released already.\n" == refusals[0]
    assert ["CHANGELOG.md has no section '(unreleased)' with entries.\n"] * 2 == refusals[1:]
    assert "0.6.9 is not above the last release, 0.7.0.\n" == lower.stderr
    assert (0, "", ["0.7.0", "0.7.1"]) == (
        higher.returncode,
        higher.stderr,
        [record["version"] for record in records(checkout.root)],
    )
    assert "v0.7.0" == released[1]


def test_a_release_that_fails_leaves_the_checkout_as_it_was(checkout: Checkout) -> None:
    checkout.write("broken.txt", "")
    checkout.commit()
    before = checkout.state()

    ended = checkout.release("0.7.0")

    assert 1 == ended.returncode
    assert ended.stderr.endswith("Nothing was released, and the checkout is unchanged.\n")
    assert before == checkout.state()
    assert not (checkout.root / "dist").exists()


def test_changes_that_are_not_committed_a_foreign_tag_and_no_branch_are_refused(checkout: Checkout) -> None:
    checkout.write("new.txt", "")
    dirty = checkout.release("0.7.0")
    checkout.commit()
    git(checkout.root, "tag", "v0.7.0")
    tagged = checkout.release("0.7.0")
    git(checkout.root, "checkout", "--quiet", "--detach")
    detached = checkout.release("0.8.0")

    assert "The checkout has changes that are not committed.\n" == dirty.stderr
    assert "git tag --delete v0.7.0\n" in tagged.stderr
    assert "The checkout is on no branch.\n" == detached.stderr


def test_a_document_that_breaks_under_its_old_version_is_refused(checkout: Checkout) -> None:
    shutil.copytree(
        checkout.root / "generated/minishop_contracts/specs", checkout.root / "docs/released", dirs_exist_ok=True
    )
    checkout.edit("openapi/cart.yaml", "operationId: get_cart\n", "operationId: show_cart\n")
    checkout.commit()

    ended = checkout.release("0.7.0")

    assert (1, "A document breaks clients under its old major version: .venv/bin/python -m scripts.breaking\n") == (
        ended.returncode,
        ended.stderr,
    )


def test_a_release_without_its_tag_is_found_by_its_tree_and_told_how_to_get_the_tag(checkout: Checkout) -> None:
    checkout.release("0.7.0")
    [record] = records(checkout.root)
    git(checkout.root, "tag", "--delete", "v0.7.0")

    again = checkout.release("0.7.0")

    assert record["tree"] == tree_of(record, checkout.root)
    commit = git(checkout.root, "rev-parse", "HEAD~")
    assert f"git tag --annotate v0.7.0 --message 'Minishop 0.7.0' {commit}\n" in again.stderr


def test_a_moved_tag_and_a_shallow_clone_are_told_with_the_command_that_helps(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.release("0.7.0")
    [record] = records(checkout.root)
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-tags", f"file://{checkout.root}", "shallow")
    git(checkout.root, "tag", "--force", "v0.7.0", "HEAD")

    with pytest.raises(NoSources, match=r"git fetch --unshallow --tags$"):
        tree_of(record, tmp_path / "shallow")
    with pytest.raises(NoSources, match=r"git fetch --tags --force$"):
        tree_of(record, checkout.root)


@pytest.mark.parametrize(
    "version", ["", "1.0", "1.0.0rc1", "1.0.0.dev1", "1.0.0.post1", "1.0.0+local", "v1.0.0", "1!1.0.0", "1"]
)
def test_a_version_that_is_not_final_or_has_not_three_numbers_is_refused(version: str) -> None:
    with pytest.raises(Refusal):
        parsed(version)


def comparison(released: str, present: str, breaks: int = 0, additions: int = 0) -> Comparison:
    return Comparison("cart", released, present, ["a break"] * breaks, additions)


@pytest.mark.parametrize(
    ("last", "version", "allowed"),
    [("0.1.4", "0.2.0", True), ("0.1.4", "0.1.5", False), ("1.2.0", "2.0.0", True), ("1.2.0", "1.3.0", False)],
)
def test_a_break_of_a_document_needs_the_part_of_the_version_that_means_it(
    last: str, version: str, allowed: bool
) -> None:
    require_greater(parsed(version), parsed(last), [comparison("1.0.0", "1.1.0", additions=1)])
    breaking = [comparison("1.0.0", "2.0.0", breaks=1)]
    if allowed:
        require_greater(parsed(version), parsed(last), breaking)
        return
    with pytest.raises(Refusal, match=r"^cart: breaks clients"):
        require_greater(parsed(version), parsed(last), breaking)


@pytest.mark.parametrize(
    ("found", "changed", "version"),
    [
        (comparison("1.2.3", "1.2.3"), False, "1.2.3"),
        (comparison("1.2.3", "1.2.3"), True, "1.2.4"),
        (comparison("1.2.3", "1.2.3", additions=1), True, "1.3.0"),
        (comparison("1.2.3", "1.3.0", additions=1), True, "1.3.0"),
        (comparison("1.2.3", "1.2.4", additions=1), True, "1.3.0"),
        (comparison("1.2.3", "2.0.0", breaks=1), True, "2.0.0"),
    ],
)
def test_a_document_gets_the_version_that_its_changes_need(found: Comparison, changed: bool, version: str) -> None:
    assert version == next_version(found, changed)


def test_no_file_that_people_write_keeps_the_version_before(checkout: Checkout) -> None:
    present = Version(importlib.metadata.version("minishop-server")).base_version
    generated = (":!generated/minishop_contracts", ":!deploy/kubernetes/base", ":!compose.yaml", ":!*.lock")
    pattern = rf'(minishop[a-z-]*[:=]+|[Vv]ersion *= *"?|newTag: |VERSION=){present}'
    assert git(checkout.root, "grep", "-E", pattern, "--", ".", *generated)

    set_versions(checkout.root, "9.8.7")

    assert "" == git(checkout.root, "grep", "-E", pattern, "--", ".", *generated, check=False)


def test_the_same_sources_give_the_same_wheels_wherever_they_are_built(tmp_path: Path) -> None:
    tree = git(ROOT, "rev-parse", "HEAD^{tree}")
    extract(tree, tmp_path / "one")
    before = os.umask(0o077)
    try:
        extract(tree, tmp_path / "two")
        second = build_wheels(tmp_path / "two", tmp_path / "wheels_of_two")
    finally:
        os.umask(before)
    first = build_wheels(tmp_path / "one", tmp_path / "wheels_of_one")

    assert sums(list(first.values())) == sums(list(second.values()))


def test_a_migration_is_added_to_a_release_and_never_edited_after_it(checkout: Checkout) -> None:
    checkout.release("0.7.0")
    migrations = "servers/minishop_server/services/cart/migrations"
    checkout.edit("CHANGELOG.md", "(unreleased)\n", "(unreleased)\n\n- More.\n")
    checkout.write(f"{migrations}/0101_more.py", "")
    checkout.commit()

    assert [] == edited_migrations(checkout.root)

    checkout.edit(f"{migrations}/0100_initial.py", "put INTEGER", "put BIGINT")
    checkout.commit()
    ended = checkout.release("0.8.0")

    assert (1, f"A released migration was edited: {migrations}/0100_initial.py\n") == (ended.returncode, ended.stderr)


def test_this_clone_has_the_sources_of_every_release_and_their_migrations_unchanged() -> None:
    assert [] == edited_migrations()

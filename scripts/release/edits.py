"""The changes that a release makes to files."""

import re
from collections.abc import Mapping
from pathlib import Path

from packaging.version import InvalidVersion, Version

from scripts.breaking import Comparison

VERSIONS: Mapping[str, str] = {
    "clients/pyproject.toml": r'(?m)^version = "(.+)"$',
    "generated/pyproject.toml": r'(?m)^version = "(.+)"$',
    "servers/pyproject.toml": r'(?m)^version = "(.+)"$|"minishop-(?:contracts|client)==(.+)"',
    "Containerfile": r"(?m)^ARG VERSION=(.+)$",
    "deploy/settings.yaml": r"\bminishop:(\d\S*)",
    "deploy/kubernetes/overlays/production/kustomization.yaml": r"newTag: (\S+)",
    "docs/deploy.md": r"\bminishop:(\d[\d.]*\d)",
}
"""The files that people write with the version of the distributions and the image, and where it is in them."""
INFO_VERSION = re.compile(r"(?m)^(info:\n(?: +.*\n)*? +version: )(.+)$")
SECTION = re.compile(r"(?m)^## .*\(unreleased\)\n((?:(?!## ).*\n?)*)")
UNRELEASED = "## Next (unreleased)\n"


class Refusal(Exception):
    """A release that may not be made, and why."""


def parsed(version: str) -> Version:
    """A final version of three numbers.

    Raises:
        Refusal: it is none.
    """
    try:
        found = Version(version)
    except InvalidVersion as error:
        raise Refusal(f"{version!r} is no version of PEP 440.") from error
    if version != found.base_version or len(found.release) != 3 or found.epoch:
        raise Refusal(f"{version} is no final version of three numbers, for example 0.2.0.")
    return found


def require_entries(changelog: str) -> None:
    """Raises Refusal if nothing is to be released."""
    section = SECTION.search(changelog)
    if section is None or not re.search(r"(?m)^- ", section[1]):
        raise Refusal("CHANGELOG.md has no section '(unreleased)' with entries.")


def close_section(changelog: str, version: str, date: str) -> str:
    """The changelog with the open section as that of the release."""
    return re.sub(r"(?m)^## .*\(unreleased\)$", f"## {version} ({date})", changelog, count=1)


def open_section(changelog: str) -> str:
    """The changelog with an empty section for the next release."""
    return re.sub(r"(?m)^## ", f"{UNRELEASED}\n## ", changelog, count=1)


def set_versions(root: Path, version: str) -> None:
    """Write the version of the distributions and the image wherever people wrote the last one."""
    for name, pattern in VERSIONS.items():
        path = root / name
        text, count = re.subn(pattern, lambda match: _with(match, version), path.read_text("utf-8"))
        if not count:
            raise Refusal(f"{name} has no version that matches {pattern}")
        path.write_text(text, "utf-8")


def _with(match: re.Match[str], version: str) -> str:
    place = next(group for group, text in enumerate(match.groups(), 1) if text is not None)
    start, end = (at - match.start() for at in match.span(place))
    return match[0][:start] + version + match[0][end:]


def set_document_version(openapi: Path, comparison: Comparison, changed: bool) -> str:
    """Raise the `info.version` of a document as far as its changes need, and return it."""
    version = next_version(comparison, changed)
    path = openapi / f"{comparison.service}.yaml"
    path.write_text(INFO_VERSION.sub(rf"\g<1>{version}", path.read_text("utf-8"), count=1), "utf-8")
    return version


def next_version(comparison: Comparison, changed: bool) -> str:
    """The present `info.version`, or the next minor one after additions, or the next patch after other changes.

    A greater major version was set by hand.
    """
    released, present = Version(comparison.released), Version(comparison.present)
    if not changed or present.major > released.major:
        return comparison.present
    minor, patch = (released.minor + 1, 0) if comparison.additions else (released.minor, released.micro + 1)
    return str(max(present, Version(f"{released.major}.{minor}.{patch}")))


def require_greater(version: Version, last: Version | None, comparisons: list[Comparison]) -> None:
    """Raises Refusal if the version is not above the last one, or too little for a document that breaks clients."""
    if last is None:
        return
    if version <= last:
        raise Refusal(f"{version} is not above the last release, {last}.")
    breaking = [comparison.service for comparison in comparisons if comparison.breaks]
    same = version.release[:2] == last.release[:2] if last.major == 0 else version.major == last.major
    if breaking and same:
        part = "minor" if last.major == 0 else "major"
        raise Refusal(f"{', '.join(breaking)}: breaks clients, which needs a greater {part} version than {last}.")

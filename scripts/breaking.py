"""Compare the documents in openapi/ with those of the last release, and list the changes that break clients.

    python -m scripts.breaking              # fail where a document breaks and its major version stays
    python -m scripts.breaking --release    # the same, and then write docs/released/ anew

A breaking change has a line, with the methods of our client and the operations of our services that meet it; all
other changes are additions, and are counted. A document that breaks needs a greater major `info.version` (SemVer); one
that only grows should get a greater minor, which is told but not enforced. Words, examples, tags and links may change
freely; breaking_changes.py defines the breaking changes. A schema may not lose its name either, if that is the name
of a class of the client.
"""

import argparse
import copy
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.breaking_changes import Change, Signature, operation_changes, signatures
from scripts.bundle import bundle, to_yaml
from scripts.client_document import client_document
from scripts.operations import operations
from scripts.spec_document import OPENAPI, Document, Node, absolute
from scripts.strict_yaml import read_all

RELEASED = OPENAPI.parent / "docs" / "released"
GONE: Node = {"info": {"version": "0.0.0"}, "paths": {}, "components": {}}
"""Stands for a document that is there no more."""
Callers = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Comparison:
    """How a document differs from its last release."""

    service: str
    released: str
    present: str
    """Its `info.version`, then and now."""
    breaks: list[str]
    additions: int

    @property
    def allowed(self) -> bool:
        """Whether the major version reflects the changes."""
        return not self.breaks or _version(self.present)[0] > _version(self.released)[0]

    @property
    def lines(self) -> Iterator[str]:
        """The report."""
        yield from (f"{self.service}: {line}" for line in self.breaks)
        if not self.allowed:
            yield f"{self.service}: needs a greater major info.version than {self.released}"
        elif self.additions:
            told = "" if _version(self.present) > _version(self.released) else ", without a greater minor info.version"
            yield f"{self.service}: {self.additions} addition{'s' * (self.additions > 1)}{told}"


def present_documents() -> dict[str, Node]:
    """The documents in openapi/, self-contained."""
    return {path.stem: bundle(path) for path in sorted(OPENAPI.glob("*.yaml")) if path.stem != "common"}


def compare(released: Mapping[str, Node], present: Mapping[str, Node]) -> list[Comparison]:
    """A comparison for each released document.

    Args:
        released: self-contained documents by name.
        present: the same.
    """
    callers: dict[str, set[str]] = {}
    for name, root in [*released.items(), *present.items()]:
        for _, _, operation in operations(root):
            for call in operation.get("x-calls", []):
                callers.setdefault(call, set()).add(f"{name}.{operation['operationId']}")
    return [
        _compared(_document(name, root), _document(name, present.get(name, GONE)), callers)
        for name, root in released.items()
    ]


def _document(name: str, root: Node) -> Document:
    return Document(name, {name: absolute(root, name)})


def _compared(before: Document, after: Document, callers: Callers) -> Comparison:
    was, now = signatures(before), signatures(after)
    breaks = [*_lost_servers(before, after), *_lost_names(before, after)]
    additions = len(now.keys() - was.keys())
    for key, signature in was.items():
        changes = list(operation_changes(signature, now.get(key)))
        breaks += _breaks(key, changes, _known_as(before.name, signature, callers))
        additions += len({change.what for change in changes if not change.breaks})
    released, present = (document.root["info"]["version"] for document in (before, after))
    return Comparison(before.name, released, present, breaks, additions)


def _breaks(key: str, changes: list[Change], known_as: str) -> Iterator[str]:
    """A line for each breaking change, also if several responses share it."""
    places: dict[str, list[str]] = {}
    for change in changes:
        if change.breaks:
            places.setdefault(change.what, []).append(change.place)
    for what, where in places.items():
        place = ", ".join(where).replace(", response ", ", ")
        yield ": ".join(filter(None, (key, place, what))) + f" ({known_as})"


def _known_as(service: str, signature: Signature, callers: Callers) -> str:
    """Under which names the operation is called, and by which of our own services."""
    methods = [f"shop.{service}.{signature.name}"]
    if "cursor" in signature.parameters:
        methods.append(f"shop.{service}.iter_{signature.name.removeprefix('list_')}")
    ours = sorted(callers.get(f"{service}.{signature.name}", ()))
    return f"client: {', '.join(methods)}" + (f"; called by: {', '.join(ours)}" if ours else "")


def _lost_servers(before: Document, after: Document) -> Iterator[str]:
    """The addresses that clients were told to begin every path with."""
    now = [server["url"] for server in after.root.get("servers", [])]
    for server in before.root.get("servers", []):
        if server["url"] not in now:
            yield f"server '{server['url']}' is gone (client: shop.{before.name})"


def _lost_names(before: Document, after: Document) -> Iterator[str]:
    """The schemas that were classes of the client's models."""
    now = _class_names(after)
    for name in _class_names(before):
        if name not in now:
            yield f"schema '{name}' is gone (client: minishop_client.services.{before.name}.models.{name})"


def _class_names(document: Document) -> list[str]:
    """The client's generator makes classes of objects and enums alone."""
    schemas = client_document(copy.deepcopy(document.root))["components"].get("schemas", {})
    return [name for name, schema in schemas.items() if schema.get("type") == "object" or "enum" in schema]


def _version(version: str) -> list[int]:
    """Major and minor."""
    return [int(number) for number in version.split(".")[:2]]


def release(documents: Mapping[str, Node], folder: Path) -> None:
    """Make the folder hold these documents and no others."""
    for path in folder.glob("*.yaml"):
        path.unlink()
    for name, document in documents.items():
        (folder / f"{name}.yaml").write_text(to_yaml(document), encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None, folder: Path = RELEASED) -> int:
    """1 where a document breaks with its last release under the same major version, else 0."""
    parser = argparse.ArgumentParser(description="Compare the documents with those of the last release.")
    parser.add_argument("--release", action="store_true", help="then make them the released ones")
    options = parser.parse_args(arguments)
    present = present_documents()
    comparisons = compare(read_all(folder), present)
    for comparison in comparisons:
        for line in comparison.lines:
            print(line)
    if not all(comparison.allowed for comparison in comparisons):
        return 1
    if options.release:
        release(present, folder)
    print(f"{len(present)} documents {'are released' if options.release else 'break nothing unannounced'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

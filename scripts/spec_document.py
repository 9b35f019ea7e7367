"""The documents in openapi/, made easy to ask questions of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scripts.implied import read_completed
from scripts.operations import operations

OPENAPI = Path(__file__).resolve().parent.parent / "openapi"
SCHEMA_PLACE = re.compile(r"\.(schema|items|not|additionalProperties|(schemas|properties|allOf|anyOf|oneOf)\.[^.]+)$")

Node = dict[str, Any]
Finding = tuple[str, str]


@dataclass(frozen=True)
class Operation:
    """An operation with its resolved parameters (by name) and responses (by status)."""

    path: str
    method: str
    """In lower case."""
    node: Node
    parameters: dict[str, Node]
    responses: dict[str, Node]
    siblings: Node
    """The path it belongs to, with all its methods."""

    @property
    def place(self) -> str:
        """Where it is in the document."""
        return f"paths.{self.path}.{self.method}"

    @property
    def roles(self) -> list[str]:
        """The roles that may call it, empty if it needs no bearer token."""
        roles: list[str] = self.node.get("x-roles", [])
        return roles

    @property
    def bodies(self) -> Iterator[tuple[str, Node]]:
        """Every media type of the request and of the answers, with its place."""
        holders = {"requestBody": self.node.get("requestBody", {})}
        holders |= {f"responses.{status}": response for status, response in self.responses.items()}
        for place, holder in holders.items():
            for name, media in holder.get("content", {}).items():
                yield f"{self.place}.{place}.content.{name}", media


class Document:
    """One of the documents, whose references name the document they lead to: `common#/components/…`."""

    def __init__(self, name: str, roots: Mapping[str, Node]) -> None:
        self.name, self.root, self.roots = name, roots[name], roots
        self._wholes: dict[str, Any] = {}

    @cached_property
    def nodes(self) -> list[tuple[str, Node]]:
        """Every mapping with its place, examples left out."""
        return list(_walk(self.root, ""))

    @cached_property
    def schemas(self) -> list[tuple[str, Node]]:
        """Every schema that is written out, with its place."""
        return [(place, node) for place, node in self.nodes if SCHEMA_PLACE.search(place) and "$ref" not in node]

    def resolve(self, node: Node) -> Node:
        """The target of a reference, or the node itself if it is none.

        Raises KeyError for a broken reference.
        """
        while "$ref" in node:
            home, _, pointer = node["$ref"].partition("#/")
            node = self.roots[home]
            for key in pointer.split("/"):
                node = node[key]
        return node

    def whole(self, node: Any) -> Any:
        """A node with every reference inside it replaced by its target, which several places may share."""
        if isinstance(node, list):
            return [self.whole(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" not in node:
            return {key: self.whole(value) for key, value in node.items()}
        if node["$ref"] not in self._wholes:
            self._wholes[node["$ref"]] = self.whole(self.resolve(node))
        return self._wholes[node["$ref"]]

    @cached_property
    def operations(self) -> list[Operation]:
        """Every operation, in the order they were written."""
        found = []
        for path, method, node in operations(self.root):
            item = self.root["paths"][path]
            parameters = map(self.resolve, [*item.get("parameters", []), *node.get("parameters", [])])
            responses = {status: self.resolve(response) for status, response in node["responses"].items()}
            named = {parameter["name"]: parameter for parameter in parameters}
            found.append(Operation(path, method, node, named, responses, item))
        return found


def _walk(node: Any, place: str) -> Iterator[tuple[str, Node]]:
    """Every mapping with its place, save those inside of examples: they are data."""
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            if key != "example" or place.endswith(".properties"):
                yield from _walk(value, f"{place}.{key}" if place else key)
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _walk(item, f"{place}.{index}")


def absolute(node: Any, home: str) -> Any:
    """A part of the document `home` as `Document` wants it: references name the document they lead to."""
    if isinstance(node, list):
        return [absolute(item, home) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        file, _, pointer = node["$ref"].partition("#")
        return {"$ref": f"{file.removeprefix('./').removesuffix('.yaml') or home}#{pointer}"}
    return {str(key): absolute(value, home) for key, value in node.items()}


def load() -> dict[str, Node]:
    """All completed documents by name."""
    return {path.stem: read_completed(path) for path in sorted(OPENAPI.glob("*.yaml"))}

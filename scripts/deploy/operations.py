"""The operations for callers outside of the shop, by the paths of the documents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from minishop_server.kit.documents import document, is_internal
from minishop_server.kit.settings import SERVICES, ServiceName
from scripts.deploy.plan import Node


@dataclass(frozen=True)
class Path:
    """A path of a document, with the methods that it answers to outsiders and those that only the shop itself uses."""

    service: ServiceName
    template: str
    public: list[str] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)
    parameters: dict[str, str] = field(default_factory=dict)
    """The pattern of each parameter, without its anchors."""

    @property
    def has_parameters(self) -> bool:
        return "{" in self.template

    @property
    def methods_for_outsiders(self) -> list[str]:
        """Its public methods, with HEAD for GET, and OPTIONS for browsers."""
        head = ["HEAD"] if "GET" in self.public else []
        return [*self.public, *head, "OPTIONS"] if self.public else []

    @property
    def methods_for_services(self) -> list[str]:
        """Its internal methods, and HEAD."""
        return [*self.internal, *(["HEAD"] if "GET" in self.internal else [])]

    def pattern(self, segments: dict[str, str] | None = None) -> str:
        """A regular expression for the path.

        Args:
            segments: the patterns of parameters, which are whole segments by default.
        """
        parts = re.split(r"\{(\w+)\}", self.template)
        literal = [re.escape(text).replace(r"\-", "-") for text in parts[::2]]
        names = [(segments or {}).get(name, "[^/]+") for name in parts[1::2]]
        return "".join(text for pair in zip(literal, [*names, ""], strict=True) for text in pair)


def paths() -> list[Path]:
    """All paths in the order in which services search them: exact ones, then those with the earlier literal."""
    found = [path for service in SERVICES for path in _of(service)]
    return sorted(found, key=lambda path: [path.has_parameters, *("{" in each for each in path.template.split("/"))])


def _of(service: ServiceName) -> Iterator[Path]:
    root = document(service)
    for template, item in root["paths"].items():
        path = Path(service, template)
        for method, operation in item.items():
            if "operationId" in operation:
                (path.internal if is_internal(operation) else path.public).append(method.upper())
                for parameter in (*item.get("parameters", ()), *operation.get("parameters", ())):
                    resolved = _resolved(root, parameter)
                    if resolved.get("in") == "path":
                        path.parameters[resolved["name"]] = _pattern(_resolved(root, resolved["schema"]))
        yield path


def _resolved(root: Node, node: Node) -> Node:
    while "$ref" in node:
        found: Any = root
        for key in str(node["$ref"]).removeprefix("#/").split("/"):
            found = found[key]
        node = found
    return node


def _pattern(schema: Node) -> str:
    if "enum" in schema:
        return f"({'|'.join(schema['enum'])})"
    if schema["type"] == "integer":
        return "[0-9]+"
    return str(schema["pattern"]).removeprefix("^").removesuffix("$")

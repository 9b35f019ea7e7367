"""The operations of all services, read from the documents they serve, and a request to each made of its examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from minishop_server.kit.documents import document
from minishop_server.kit.settings import SERVICES, ServiceName
from scripts.spec_document import Document, absolute

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Operation:
    """One operation, with every reference replaced by its target."""

    service: ServiceName
    path: str
    method: str
    node: dict[str, Any]
    parameters: list[dict[str, Any]]
    """Those of its path, too."""

    def __str__(self) -> str:
        return f"{self.service}.{self.node['operationId']}"

    @property
    def needs(self) -> list[dict[str, Any]]:
        """The parameters of every request."""
        return [parameter for parameter in self.parameters if parameter["required"]]

    @property
    def roles(self) -> list[str]:
        """The roles that may call it, empty if it needs no bearer token."""
        roles: list[str] = self.node.get("x-roles", [])
        return roles

    @property
    def media_type(self) -> str | None:
        """That of the body, if it takes one."""
        return next(iter(self.node.get("requestBody", {}).get("content", {})), None)

    @property
    def body_properties(self) -> set[str]:
        """The schema of the body."""
        return set(self._body_schema["properties"])

    @property
    def is_open(self) -> bool:
        """Whether the body may hold anything else: others write it."""
        return bool(self._body_schema["additionalProperties"])

    @property
    def _body_schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = self.node["requestBody"]["content"][self.media_type]["schema"]
        return schema

    def request(self, token: str | None = None, **path_values: str) -> dict[str, Any]:
        """The arguments of `httpx.AsyncClient.request` for a valid request, from the examples of the document."""
        values = {item["name"]: str(item["example"]) for item in self.needs if item["in"] == "path"}
        headers = {item["name"]: item["example"] for item in self.needs if item["in"] == "header"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        query = urlencode({item["name"]: item["example"] for item in self.needs if item["in"] == "query"})
        url = self.path.format(**{**values, **path_values}) + (query and f"?{query}")
        request = {"method": self.method.upper(), "url": url}
        if self.media_type is None:
            return {**request, "headers": headers}
        example = self.node["requestBody"]["content"][self.media_type]["example"]
        content = urlencode(example) if self.media_type == FORM else json.dumps(example)
        return {**request, "headers": {**headers, "Content-Type": self.media_type}, "content": content}


def _operations() -> Iterator[Operation]:
    for service in SERVICES:
        served = Document(service, {service: absolute(document(service), service)})
        for found in served.operations:
            node, parameters = served.whole(found.node), served.whole([*found.parameters.values()])
            yield Operation(service, found.path, found.method, node, parameters)


OPERATIONS = list(_operations())

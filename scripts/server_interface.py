"""The interface of a server: the signature of the handler of each operation in a document.

A handler takes the domain of its service first, and then by name: `caller` if the operation needs a bearer token,
`client_credentials` if it accepts HTTP Basic, `body`, and the declared parameters. It takes all of them, except
`If-None-Match`, which the contract layer evaluates. If a header signs the body (`…-Signature`), the handler also gets
the bytes as they were sent, `raw_body`.
"""

from collections.abc import Collection, Iterator, Mapping

from scripts.client_document import reachable
from scripts.spec_document import Document, Node, Operation

TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
MODULE = '''"""The handlers of {title}."""

from __future__ import annotations

from typing import Literal, Protocol, TypeVar

from ..answers import common
from ..answers import {service} as answers
from ..models import common as common_models
from ..models import {service} as models
from ..reply import Reply

Domain = TypeVar("Domain", contravariant=True)
Caller = TypeVar("Caller", contravariant=True)


class Handlers(Protocol[Domain, Caller]):
    """One for each operation: the domain comes first, the rest by name."""

{methods}
'''
METHOD = '''    async def {name}({parameters}) -> {answer}:
        """{summary}."""
        ...
'''


def answer_documents(documents: Mapping[str, Node], bundles: Mapping[str, Node]) -> dict[str, Node]:
    """The documents with only the schemas of successful answers, which the `bundles` of the services tell."""
    used = {name: _answer_schemas(bundled) for name, bundled in bundles.items()}
    used["common"] = set().union(*used.values())
    return {name: _with_schemas(document, used[name]) for name, document in documents.items()}


def server_interface(service: str, bundled: Node, common: Node) -> str:
    """The module of a service, from its bundle and the common document.

    Raises ValueError, naming the operation, for a body or an answer that is neither a schema with a name nor a list
    of them, and for a parameter that is neither a scalar nor a list of scalars.
    """
    document = _document(bundled)
    shared = common["components"]["schemas"]
    methods = [_Signature(document, operation, shared).text() for operation in document.operations]
    return MODULE.format(title=bundled["info"]["title"], service=service, methods="\n".join(methods))


class _Signature:
    """The signature of the handler of one operation."""

    def __init__(self, document: Document, operation: Operation, shared: Collection[str]) -> None:
        self._document = document
        self._operation = operation
        self._node = operation.node
        self._shared = shared

    def text(self) -> str:
        """The signature as a method of the interface."""
        try:
            named = [*self._credentials(), *self._body(), *self._parameters()]
            answer = self._answer()
        except ValueError as error:
            raise ValueError(f"{self._operation.place}: {error}") from error
        parameters = ", ".join(["self", "domain: Domain", "/", *(["*", *named] if named else [])])
        name, summary = self._node["operationId"], self._node["summary"]
        return METHOD.format(name=name, parameters=parameters, answer=answer, summary=summary)

    def _credentials(self) -> Iterator[str]:
        schemes = self._document.root["components"].get("securitySchemes", {})
        default: list[Node] = self._document.root.get("security") or []
        required = self._node.get("security", default)
        kinds = {schemes[name]["scheme"] for requirement in required for name in requirement}
        if "bearer" in kinds:
            yield "caller: Caller" if kinds == {"bearer"} and {} not in required else "caller: Caller | None"
        if "basic" in kinds:
            yield "client_credentials: tuple[str, str] | None"

    def _body(self) -> Iterator[str]:
        body = self._document.resolve(self._node.get("requestBody", {}))
        if body:
            default = "" if body.get("required") else " = ..."
            yield f"body: {self._types(body, 'models', 'common_models')}{default}"
            if any(name.endswith("-Signature") for name in self._operation.parameters):
                yield f"raw_body: bytes{default}"

    def _parameters(self) -> Iterator[str]:
        for name, parameter in self._operation.parameters.items():
            if name != "If-None-Match":
                schema = self._document.resolve(parameter["schema"])
                default = "" if parameter.get("required") or "default" in schema else " = ..."
                yield f"{name.lower().replace('-', '_')}: {self._simple(schema)}{default}"

    def _answer(self) -> str:
        bodies = list(dict.fromkeys(self._types(each, "answers", "common") for each in _successes(self._operation)))
        return " | ".join([*bodies, *(f"Reply[{body}]" for body in bodies)])

    def _types(self, holder: Node, own: str, common: str) -> str:
        """The type of a body, from the module `own` or, for a schema of all services, `common`."""
        schemas = [media["schema"] for media in holder.get("content", {}).values()]
        return " | ".join(dict.fromkeys(self._named(schema, own, common) for schema in schemas)) or "None"

    def _named(self, schema: Node, own: str, common: str) -> str:
        if schema.get("type") == "array":
            return f"list[{self._named(schema['items'], own, common)}]"
        if "$ref" not in schema:
            raise ValueError("the schema of a body has no name")
        name = schema["$ref"].rpartition("/")[2]
        return f"{common if name in self._shared else own}.{name}"

    def _simple(self, schema: Node) -> str:
        schema = self._document.resolve(schema)
        if schema.get("type") == "array":
            return f"list[{self._simple(schema['items'])}]"
        if "enum" in schema:
            return f"Literal[{', '.join(map(repr, schema['enum']))}]"
        if schema.get("type") not in TYPES:
            raise ValueError(f"a parameter needs one type out of {', '.join(TYPES)}")
        return TYPES[schema["type"]]


def _document(bundled: Node) -> Document:
    return Document("", {"": bundled})  # each reference leads into the bundle itself


def _successes(operation: Operation) -> list[Node]:
    return [response for status, response in operation.responses.items() if status.startswith("2")]


def _answer_schemas(bundled: Node) -> set[str]:
    successes = [response for operation in _document(bundled).operations for response in _successes(operation)]
    contents = [response.get("content", {}) for response in successes]
    return set(reachable({"paths": contents, "components": bundled["components"]}).get("schemas", {}))


def _with_schemas(document: Node, names: Collection[str]) -> Node:
    schemas = {name: schema for name, schema in document["components"]["schemas"].items() if name in names}
    return {**document, "paths": {}, "components": {"schemas": schemas}}

"""A bundled document, made ready for the client generator, which knows less of OpenAPI than we."""

from collections.abc import Iterator
from typing import Any

from scripts.operations import operations

Node = dict[str, Any]


def client_document(document: Node) -> Node:
    """The document, with implicit facts made explicit for the generator; changed in place.

    - `security` stands on an operation only where a bearer token is wanted: the generator asks no
      more than whether there is any, and overlooks the document's own.
    - Refusals are left out: the client raises them all in one way, and needs no models for them. So are 304 and
      `If-None-Match`: a method answers the object, and would have none to answer.
    - The description of a parameter stands on its schema, the only place it is read from.

    Raises ValueError for a list in a query that is not one comma-separated value, as the client
    sends it as that.
    """
    default: list[Node] = document.get("security", [])
    for _, _, operation in operations(document):
        wanted = operation.get("security", default)
        operation["security"] = [scheme for scheme in wanted if "bearerAuth" in scheme]
        responses = operation["responses"]
        operation["responses"] = {code: r for code, r in responses.items() if code.startswith("2")}
        parameters = operation.get("parameters", ())
        operation["parameters"] = [item for item in parameters if "IfNoneMatch" not in item.get("$ref", "")]
    for parameter in _parameters(document):
        schema = _schema(document, parameter["schema"])
        if schema.get("type") == "array" and parameter.get("explode", True):
            raise ValueError(f"The parameter {parameter['name']} needs `explode: false`.")
        if "enum" not in schema:  # an enum keeps its name, and so its reference
            parameter["schema"] = {**schema, "description": parameter["description"]}
    document["components"] = reachable(document)
    return document


def _parameters(document: Node) -> Iterator[Node]:
    """Every parameter once: those with a name of their own, of a path, and of an operation."""
    yield from document["components"].get("parameters", {}).values()
    for owner in [*document["paths"].values(), *(operation for _, _, operation in operations(document))]:
        yield from (item for item in owner.get("parameters", []) if "$ref" not in item)


def _schema(document: Node, schema: Node) -> Node:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def reachable(document: Node) -> Node:
    """The components that the operations use, directly or through each other."""
    found: Node = {}
    waiting: list[Any] = [document["paths"]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting += node.values()
            if isinstance(reference := node.get("$ref"), str):
                _, _, kind, name = reference.split("/")
                if name not in found.setdefault(kind, {}):
                    found[kind][name] = document["components"][kind][name]
                    waiting.append(found[kind][name])
        elif isinstance(node, list):
            waiting += node
    return {
        kind: {name: part for name, part in parts.items() if name in found[kind]}
        for kind, parts in document["components"].items()
        if kind in found
    }

"""The names that a document marks as sensitive, and that no log, error or trace may contain."""

from typing import Any

Node = dict[str, Any]


def sensitive_names(document: Node) -> set[str]:
    """The names of the properties, parameters and headers of a bundle whose values or items are `x-sensitive`."""
    names = set[str]()
    waiting: list[Any] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            waiting += node.values()
            named = {**_mapping(node, "properties"), **_mapping(node, "headers")}
            if "in" in node and "schema" in node:
                named[node["name"]] = node
            names |= {name for name, part in named.items() if _is_sensitive(document, part)}
    return names


def _mapping(node: Node, key: str) -> Node:
    return node[key] if isinstance(node.get(key), dict) else {}


def _is_sensitive(document: Node, node: Any) -> bool:
    while isinstance(node, dict):
        if node.get("x-sensitive") is True:
            return True
        if "$ref" in node:
            _, _, kind, name = node["$ref"].split("/")
            node = document["components"][kind][name]
        else:
            node = node.get("schema", node.get("items"))
    return False

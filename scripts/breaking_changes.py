"""The changes of an operation, and whether they break a client that knows the old one.

Sent values may only be asked less of: a bound, an enum, a pattern or a `required` that narrows breaks. Values that are
read may only promise more, and a client is expected to be a tolerant reader (docs/released/README.md): it lets pass an
unknown property or enum value and checks no bounds, as the generated one does. An answer breaks only if
a value is gone, may now be left out or null, or has another type.

`type` and `format` decide the types in a typed client, so no change of them is harmless in either direction. Whether a
changed pattern is a wider one is computed; a changed `multipleOf` or `x-decimals` counts as narrower. A default says
the meaning of an omitted value, so even a new one changes that. A keyword that is not known here breaks with any
change.

A removal breaks, even that of a refusal, because a client may handle it. A new refusal is an addition, since the client
raises each by its family; a new success breaks, since the client refuses to read one that it does not know. Without
`x-idempotent` a repeated request acts twice. `x-owner` breaks both ways: some users lose access, or
other users gain it.
"""

import json
from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple

from scripts.patterns import admits
from scripts.spec_document import Document, Node, Operation

NOTES = {
    "deprecated",
    "description",
    "example",
    "externalDocs",
    "title",
    "x-in-every-response",
    "x-in-limited-response",
    "x-sensitive",
}
PARTS = {"enum", "items", "properties", "required"}
# The meaning of each keyword if it is left out; the greater a floor, or the less a ceiling, the fewer values are left.
FLOORS: dict[str, float] = {
    "exclusiveMaximum": False,
    "exclusiveMinimum": False,
    "minItems": 0,
    "minLength": 0,
    "minProperties": 0,
    "minimum": -inf,
    "uniqueItems": False,
}
CEILINGS: dict[str, float] = {
    "maxItems": inf,
    "maxLength": inf,
    "maxProperties": inf,
    "maximum": inf,
    "nullable": False,
}
FORMATS = {"email": ["^[^@]{1,64}@[^@]+$"]}
"""The values that a format refuses in addition to the pattern (RFC 5321, section 4.5.3.1.1)."""
DEFAULTS = {**FLOORS, **CEILINGS, "additionalProperties": True}


class Change(NamedTuple):
    """A difference that either breaks clients or is an addition."""

    breaks: bool
    what: str
    place: str = ""


class Signature(NamedTuple):
    """The parts of an operation that a client sees, without references."""

    name: str
    parameters: dict[str, Node]
    body: Node
    responses: dict[str, Node]
    ways: list[frozenset[str]]
    """The ways to authenticate: the schemes of each, and none for public operations."""
    roles: list[str]
    idempotent: bool
    owned: bool


def signatures(document: Document) -> dict[str, Signature]:
    """By method and path, as in `POST /orders/checkout`."""
    found = {}
    for operation in document.operations:
        found[f"{operation.method.upper()} {operation.path}"] = Signature(
            name=operation.node["operationId"],
            parameters=document.whole(operation.parameters),
            body=document.whole(operation.node.get("requestBody", {})),
            responses=document.whole(operation.responses),
            ways=list(_ways(document, operation)),
            roles=operation.roles,
            idempotent="x-idempotent" in operation.node,
            owned="x-owner" in operation.node,
        )
    return found


def _ways(document: Document, operation: Operation) -> Iterator[frozenset[str]]:
    schemes = document.whole(document.root["components"].get("securitySchemes", {}))
    asked: list[Node] = {"security": [], **document.root, **operation.node}["security"]
    for way in asked or [{}]:
        kinds = ({key: value for key, value in schemes[name].items() if key not in NOTES} for name in way)
        yield frozenset(json.dumps(kind, sort_keys=True) for kind in kinds)


def operation_changes(old: Signature, new: Signature | None) -> Iterator[Change]:
    """The changes of an operation, which may be gone, each with its place in it."""
    if new is None:
        yield Change(True, "the operation is gone")
        return
    if old.name != new.name:
        yield Change(True, f"the operationId is {new.name}, was {old.name}")
    yield from _access_changes(old, new)
    if old.idempotent != new.idempotent:
        yield Change(old.idempotent, f"x-idempotent is {'new' if new.idempotent else 'gone'}")
    if old.owned != new.owned:
        yield Change(True, f"x-owner is {'new' if new.owned else 'gone'}")
    yield from _parameter_changes(old.parameters, new.parameters)
    yield from _body_changes(old.body, new.body)
    yield from _response_changes(old.responses, new.responses)


def _access_changes(old: Signature, new: Signature) -> Iterator[Change]:
    shut = [way for way in old.ways if not any(other <= way for other in new.ways)]
    if shut:
        what = "anybody was let in, and no longer is" if frozenset() in shut else "a way to authenticate is gone"
        yield Change(True, what, "security")
    elif set(old.ways) != set(new.ways):
        yield Change(False, "there are more ways in", "security")
    if old.roles and new.roles:
        yield from (Change(True, f"{role} is let in no more", "x-roles") for role in old.roles if role not in new.roles)
        yield from (Change(False, f"{role} is let in", "x-roles") for role in new.roles if role not in old.roles)


def _parameter_changes(old: dict[str, Node], new: dict[str, Node]) -> Iterator[Change]:
    for name in old | new:
        subject = f"parameter '{name}'"
        needed = new.get(name, {}).get("required", False)
        if name not in new:
            yield Change(True, f"{subject} is gone")
        elif name not in old:
            yield Change(needed, f"{subject} is new{' and required' if needed else ''}")
        else:
            if needed != old[name].get("required", False):
                yield Change(needed, f"{subject} is {'now' if needed else 'no longer'} required")
            if _form(old[name]) != _form(new[name]):
                yield Change(True, f"{subject} is sent in another place or form")
            for change in _schema_changes(old[name]["schema"], new[name]["schema"], sent=True):
                yield change._replace(what=f"{subject}: {change.what}")


def _form(parameter: Node) -> tuple[str, str, bool]:
    """Where and how a parameter is written, with the defaults of OpenAPI 3.0.3, section 4.7.12.2."""
    style = parameter.get("style", "form" if parameter["in"] in ("query", "cookie") else "simple")
    return parameter["in"], style, parameter.get("explode", style == "form")


def _body_changes(old: Node, new: Node) -> Iterator[Change]:
    needed = new.get("required", False)
    if needed != old.get("required", False):
        yield Change(needed, f"a request body is {'now' if needed else 'no longer'} required")
    for change in _content_changes(old.get("content", {}), new.get("content", {}), sent=True):
        yield change._replace(place="request body")


def _response_changes(old: dict[str, Node], new: dict[str, Node]) -> Iterator[Change]:
    for status in old | new:
        if status not in new:
            yield Change(True, f"response {status} is gone")
        elif status not in old:
            success = status.startswith(("2", "3"))
            yield Change(success, f"response {status} is new{' and no refusal' if success else ''}")
        else:
            was, now = old[status], new[status]
            for change in (
                *_header_changes(was.get("headers", {}), now.get("headers", {})),
                *_content_changes(was.get("content", {}), now.get("content", {}), sent=False),
                *_code_changes(was.get("x-problems", []), now.get("x-problems", [])),
            ):
                yield change._replace(place=f"response {status}")


def _code_changes(old: list[str], new: list[str]) -> Iterator[Change]:
    yield from (Change(True, f"the problem '{code}' is gone") for code in old if code not in new)
    yield from (Change(False, f"the problem '{code}' is new") for code in new if code not in old)


def _header_changes(old: Node, new: Node) -> Iterator[Change]:
    for name in old | new:
        subject = f"header '{name}'"
        if name not in new:
            yield Change(True, f"{subject} is gone")
        elif name not in old:
            yield Change(False, f"{subject} is new")
        else:
            needed = new[name].get("required", False)
            if needed != old[name].get("required", False):
                yield Change(not needed, f"{subject} is {'now' if needed else 'no longer'} required")
            for change in _schema_changes(old[name]["schema"], new[name]["schema"], sent=False):
                yield change._replace(what=f"{subject}: {change.what}")


def _content_changes(old: Node, new: Node, *, sent: bool) -> Iterator[Change]:
    for media in old | new:
        if media not in new:
            yield Change(True, f"{media} is gone")
        elif media not in old:
            yield Change(False, f"{media} is new")
        else:
            yield from _schema_changes(old[media]["schema"], new[media]["schema"], sent=sent)


def _schema_changes(old: Node, new: Node, *, sent: bool, path: str = "") -> Iterator[Change]:
    """The changes from one schema to another, both without references.

    `sent` tells requests from answers; `path` is that of the property, as in `lines[].price`, and empty at the top.
    """
    if old == new:
        return
    subject = f"property '{path}': " if path else ""
    old, new = _with_decimals(old), _with_decimals(new)
    for keyword in sorted((old.keys() | new.keys()) - NOTES - PARTS):
        before, after = (schema.get(keyword, DEFAULTS.get(keyword)) for schema in (old, new))
        if before != after:
            widens = keyword == "pattern" and _widens(old, new)
            breaks = _narrows(keyword, before, after) and not widens if sent else _misleads(keyword, after)
            yield Change(breaks, f"{subject}{keyword} is {_shown(after)}, was {_shown(before)}")
    if old.get("type") != new.get("type"):
        return
    yield from _enum_changes(old.get("enum"), new.get("enum"), sent, subject)
    yield from _property_changes(old, new, sent, path)
    if "items" in old and "items" in new:
        yield from _schema_changes(old["items"], new["items"], sent=sent, path=f"{path}[]")


def _with_decimals(schema: Node) -> Node:
    """A `multipleOf: 0.01`, as older documents had it, is equal to `x-decimals: 2`."""
    if schema.get("multipleOf") != 0.01:
        return schema
    return {key: value for key, value in schema.items() if key != "multipleOf"} | {"x-decimals": 2}


def _narrows(keyword: str, before: Any, after: Any) -> bool:
    """Whether fewer values may be sent than before."""
    if keyword in FLOORS:
        return bool(after > before)
    if keyword in CEILINGS:
        return bool(after < before)
    return keyword not in ("pattern", "multipleOf", "x-decimals") or after is not None


def _widens(old: Node, new: Node) -> bool:
    """Whether a pattern is known to admit all former values."""
    try:
        before = [old["pattern"], *FORMATS.get(old.get("format", ""), [])]
        return admits(new["pattern"], *before)
    except (KeyError, ValueError):
        return False


def _misleads(keyword: str, after: Any) -> bool:
    """Whether a tolerant reader stumbles over the values that come now."""
    if keyword == "nullable":
        return bool(after)
    return keyword not in {"default", "multipleOf", "pattern", "x-decimals", *FLOORS, *CEILINGS}


def _enum_changes(old: list[Any] | None, new: list[Any] | None, sent: bool, subject: str) -> Iterator[Change]:
    if old is None or new is None:
        if old != new:
            yield Change(sent and old is None, f"{subject}the list of values is {'gone' if new is None else 'new'}")
        return
    for value in old:
        if value not in new:
            yield Change(sent, f"{subject}the value '{value}' is gone")
    for value in new:
        if value not in old:
            yield Change(False, f"{subject}the value '{value}' is new")


def _property_changes(old: Node, new: Node, sent: bool, path: str) -> Iterator[Change]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name in before | after:
        inner = f"{path}.{name}" if path else name
        needed, was_needed = name in new.get("required", []), name in old.get("required", [])
        if name not in after:
            yield Change(True, f"property '{inner}' is gone")
        elif name not in before:
            yield Change(sent and needed, f"property '{inner}' is new{' and required' if needed else ''}")
        else:
            if needed != was_needed:
                yield Change(sent == needed, f"property '{inner}' is {'now' if needed else 'no longer'} required")
            yield from _schema_changes(before[name], after[name], sent=sent, path=inner)


def _shown(value: Any) -> str:
    if value in (None, inf, -inf):
        return "absent"
    return value if isinstance(value, str) else json.dumps(value)

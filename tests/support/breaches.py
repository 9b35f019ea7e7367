"""Requests that break their document: the example of an operation, once for each keyword of its schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from minishop_server.contract.schema import to_json_schema
from tests.support.operations import FORM, Operation

Breach = tuple[str, str, Any]
"""The pointer and the code that the refusal has to name, and the value."""

HOLDING = ("properties", "items", "allOf", "required", "additionalProperties")
HINTS = ("password", "int32", "int64")
"""Formats that nothing breaks: one is for those who show it, the others are bounds."""
OTHER_TYPE = {"string": 1, "array": {}, "object": []}
MISFITS = ("", "\n", "!", "é", "x")
"""One of them is matched by no pattern of ours."""
EXACT = 1 << 53
"""Beyond it, the next float is further away than 1."""


def bodies(operation: Operation) -> Iterator[tuple[str, str, str]]:
    """The pointer and the code of each breach, and the body that makes it."""
    body = operation.node["requestBody"]
    media = body["content"][operation.media_type]
    is_form = operation.media_type == FORM
    if body.get("required"):
        yield "", "missing", ""
    for pointer, code, value in _breaches(media["schema"], media["example"]):
        if not is_form:
            yield pointer, code, json.dumps(value)
        elif code != "type" and value:  # every value of a form is text, and a form without fields is no body
            yield pointer, code, urlencode(value)


def parameters(operation: Operation, token: str | None) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Where a parameter came in, its pointer and the code of each breach, and the request that makes it."""
    for parameter in operation.parameters:
        name, place, schema = parameter["name"], parameter["in"], parameter["schema"]
        value = parameter.get("example", _example(schema))
        pointer = f"/{name}"
        if parameter["required"] and place != "path" and "428" not in operation.node["responses"]:
            yield place, pointer, "missing", _without(operation.request(token), place, name)
        for below, code, other in _breaches(schema, value):
            if other == [""]:  # in a text, a list of one empty item is an empty list
                other = ["!"]
            text = ",".join(map(str, other)) if isinstance(other, list) else str(other)
            # Of a text and of a list in a text nothing is of another type; a path without a name is another path.
            typed = schema["items"]["type"] if below else schema["type"]
            if not (code == "type" and typed in ("string", "array")) and (text or place != "path"):
                yield place, pointer + below, code, _with(operation, token, place, name, text)


def _with(operation: Operation, token: str | None, place: str, name: str, text: str) -> dict[str, Any]:
    if place == "path":
        return operation.request(token, **{name: quote(text, safe="")})
    request = _without(operation.request(token), place, name)
    if place == "header":
        return {**request, "headers": {**request["headers"], name: text}}
    mark = "&" if "?" in request["url"] else "?"
    return {**request, "url": f"{request['url']}{mark}{urlencode({name: text})}"}


def _without(request: dict[str, Any], place: str, name: str) -> dict[str, Any]:
    if place == "header":
        return {**request, "headers": {key: value for key, value in request["headers"].items() if key != name}}
    path, _, query = request["url"].partition("?")
    others = "&".join(field for field in query.split("&") if field.partition("=")[0] != name)
    return {**request, "url": f"{path}?{others}" if others else path}


def _breaches(schema: dict[str, Any], value: Any) -> Iterator[Breach]:
    for name, child in schema.get("properties", {}).items():
        for pointer, code, other in _breaches(child, value[name] if name in value else _example(child)):
            yield f"/{name}{pointer}", code, {**value, name: other}
    for pointer, code, other in _breaches(schema["items"], value[0]) if "items" in schema else ():
        yield f"/0{pointer}", code, [other]
    for part in schema.get("allOf", ()):
        yield from _breaches(part, value)
    for name in schema.get("required", ()):
        yield f"/{name}", "missing", {key: kept for key, kept in value.items() if key != name}
    if schema.get("additionalProperties") is False:
        yield "/nobody", "unknown", {**value, "nobody": "knows"}
    for keyword, limit in to_json_schema(schema).items():
        if keyword not in HOLDING and not (keyword == "format" and limit in HINTS):
            yield "", keyword, _broken(keyword, limit, value)


def _broken(keyword: str, limit: Any, value: Any) -> Any:
    match keyword:
        case "type":
            return OTHER_TYPE.get(limit if isinstance(limit, str) else limit[0], "x")
        case "enum" | "format":
            return "none of these"
        case "pattern":
            return next(text for text in MISFITS if not re.search(limit, text))
        case "minLength" | "minItems":
            return value[: limit - 1]
        case "maxLength" | "maxItems":
            return value[:1] * (limit + 1)
        case "uniqueItems":
            return value[:1] * 2
        case "minProperties":
            return {}
        case "minimum":
            return limit - 1 if limit > -EXACT else limit * 2.0
        case "maximum":
            return limit + 1 if limit < EXACT else limit * 2.0
        case "exclusiveMinimum" | "exclusiveMaximum":
            return limit
        case "multipleOf":
            return value + limit / 10
    raise NotImplementedError(f"Nothing here breaks {keyword}.")


def _example(schema: dict[str, Any]) -> Any:
    """A value that fits."""
    if "example" in schema:
        return schema["example"]
    if "allOf" in schema:
        return _example(schema["allOf"][0])
    if schema["type"] == "array":
        return [_example(schema["items"])]
    if "enum" in schema or schema["type"] != "object":
        return schema["enum"][0] if "enum" in schema else schema.get("minimum", 1)
    return {name: _example(child) for name, child in schema["properties"].items()}

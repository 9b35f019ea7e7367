"""OpenAPI 3.0 schemas as JSON Schema 2020-12, compiled.

OpenAPI 3.0 speaks a dialect of its own (https://spec.openapis.org/oas/v3.0.3#schema-object):
`nullable` stands for a second type, and `exclusiveMinimum` is a flag of `minimum`. The other keywords mean
the same in both.

The extension `x-decimals: 2` says that a number has two decimals at most. It is compiled into `multipleOf: 0.01`, which
jsonschema-rs computes in decimals. The documents do not say it so: a validator that computes in doubles refuses 19.99.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import jsonschema_rs
import orjson

Schema = dict[str, Any]
Validator = jsonschema_rs.Draft202012Validator

_NO_CONSTRAINT = {
    "nullable",  # translated below
    "default",
    "deprecated",
    "description",
    "discriminator",  # a hint for generators: the branches themselves decide
    "example",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
}
_LISTS_OF_SCHEMAS = {"allOf", "anyOf", "oneOf"}
_SCHEMAS = {"items", "not", "additionalProperties"}
_COMBINED = {"allOf", "anyOf", "oneOf", "not"}
_EXCLUSIVE = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
_ENCODED_WORD = re.compile(r"=\?.*\?=")
_BITS = {"int32": 31, "int64": 63}


def compile_schema(schema: Schema) -> Validator:
    """A validator of one OpenAPI 3.0 schema whose references are resolved; it asserts formats.

    Raises TypeError for a schema that contains itself, ValueError for one that is no schema.
    """
    return _compiled(text_of(schema), cents=True)


def compile_without_cents(schema: Schema) -> Validator:
    """The same, but that decimals are not counted: that alone takes longer than all the rest."""
    text = text_of(schema)
    return _compiled(text, cents=b'"x-decimals"' not in text)


def text_of(schema: Schema) -> bytes:
    """A part of the document as JSON.

    Raises TypeError for a schema that contains itself.
    """
    try:
        return orjson.dumps(schema)
    except orjson.JSONEncodeError as error:
        raise TypeError(f"a schema that contains itself, or is no JSON, cannot be compiled: {error}") from None


@cache
def _compiled(text: bytes, *, cents: bool) -> Validator:
    # A document says most schemas many times, that of a problem at nearly every status: each is compiled once.
    schema = to_json_schema(orjson.loads(text))
    schema = schema if cents else _without_cents(schema)
    return Validator(schema, validate_formats=True, formats={"email": _is_email}, offline=True)


def _is_email(text: str) -> bool:
    """Whether the part before the @ has 64 characters at most, and no encoded word (RFC 2047, section 5).

    No portable pattern can express this too. The library's own check refuses valid domains, for example
    `XN--…` in capitals.
    """
    local, _, domain = text.rpartition("@")
    return 0 < len(local) <= 64 and domain != "" and _ENCODED_WORD.search(text) is None


def _without_cents(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_cents(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _without_cents(item) for key, item in node.items() if (key, item) != ("multipleOf", 0.01)}


def to_json_schema(schema: Schema) -> Schema:
    """The same constraints in JSON Schema 2020-12, without annotations and other `x-` extensions."""
    converted = {
        keyword: _convert_value(keyword, value)
        for keyword, value in schema.items()
        if keyword not in _NO_CONSTRAINT and not keyword.startswith("x-")
    }
    for bound, exclusive in _EXCLUSIVE.items():
        if converted.pop(exclusive, False) and bound in converted:
            converted[exclusive] = converted.pop(bound)
    if "x-decimals" in schema:
        converted["multipleOf"] = 10 ** -schema["x-decimals"]
    if converted.get("type") == "integer":
        _bound_integer(converted)
    return _or_null(converted) if schema.get("nullable") else converted


def _convert_value(keyword: str, value: Any) -> Any:
    if keyword == "properties":
        return {name: to_json_schema(schema) for name, schema in value.items()}
    if keyword in _LISTS_OF_SCHEMAS:
        return [to_json_schema(schema) for schema in value]
    if keyword in _SCHEMAS and isinstance(value, dict):
        return to_json_schema(value)
    return value


def _bound_integer(schema: Schema) -> None:
    """No integer exceeds its format, or else 64 bits: databases hold no larger one."""
    limit = 2 ** _BITS.get(schema.get("format", "int64"), 63)
    if "minimum" not in schema and "exclusiveMinimum" not in schema:
        schema["minimum"] = -limit
    if "maximum" not in schema and "exclusiveMaximum" not in schema:
        schema["maximum"] = limit - 1


def _or_null(schema: Schema) -> Schema:
    """The schema with null as another value.

    Null goes into `type` if that is enough, because the errors are clearer.
    """
    if "type" not in schema or not _COMBINED.isdisjoint(schema):
        return {"anyOf": [schema, {"type": "null"}]}
    nullable = {**schema, "type": [schema["type"], "null"]}
    if "enum" in schema and None not in schema["enum"]:
        nullable["enum"] = [*schema["enum"], None]
    return nullable

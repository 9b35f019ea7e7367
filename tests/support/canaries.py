"""Canaries: values made up for one run, which fit where they are put and are looked for afterwards, in any disguise."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from tests.support.operations import OPERATIONS, Operation

MOLDS = ("{}", "tok_{}", "{}@example.com", "t=1,v1={}", "+1{}")
"""Forms of canaries that fit most values.

Others are derived from their example.
"""


def new_canary() -> str:
    """Forty lower-case letters and digits, or fewer where a mold cuts them."""
    return "canary" + secrets.token_hex(9)


def fitting(schema: Mapping[str, Any]) -> str:
    """A canary that the schema of a string admits."""
    validator = jsonschema_rs.Draft4Validator(
        {key: value for key, value in schema.items() if key in ("type", "minLength", "maxLength", "pattern", "format")}
    )
    cast = "".join(_like(letter) for letter in schema.get("example", ""))
    candidates = [*(mold.format(new_canary()) for mold in MOLDS), cast, *(_keep(schema["example"], cast))]
    found = next((text for text in candidates if validator.is_valid(text) and text != schema.get("example")), None)
    assert found is not None, f"no canary fits {schema}"
    return found


def _like(letter: str) -> str:
    """Another one of its kind."""
    for kind in ("0123456789", "abcdef", "ABCDEF"):
        if letter in kind or (letter.isalpha() and letter.islower() == kind.islower() and kind.isalpha()):
            return secrets.choice(kind)
    return letter


def _keep(example: str, cast: str) -> Iterator[str]:
    """The cast with more and more of the beginning of the example: a prefix may have to stay."""
    yield from (example[:length] + cast[length:] for length in range(1, len(example) // 2 + 1))


def forms(canary: str) -> Iterator[bytes]:
    """The disguises of a text: plain, as in JSON, in a URL, hexadecimal, and base64 wherever it begins there."""
    plain = canary.encode()
    yield from (plain, json.dumps(canary)[1:-1].encode(), quote(canary).encode(), plain.hex().encode())
    yield quote(canary, safe="").encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + plain)
        core = encoded[4 * bool(shift) : (len(plain) + shift) // 3 * 4]  # only fixed letters
        yield from (core, core.translate(bytes.maketrans(b"+/", b"-_")))


class Search:
    """Looks for many canaries at once."""

    def __init__(self, canaries: Mapping[str, str]) -> None:
        self._names = {form: name for canary, name in canaries.items() for form in forms(canary)}

    def found(self, data: bytes) -> set[str]:
        """The fields of the canaries in it."""
        return {name for form, name in self._names.items() if form in data}


def planted(schema: Any, value: Any, name: str, known: dict[str, str]) -> Any:
    """The value with a canary in each `x-sensitive` string, including those that the example omits.

    Each canary is added to `known`.
    """
    if schema.get("x-sensitive") and schema.get("type") == "string":
        canary = fitting(schema)
        known[canary] = name
        return canary
    if schema.get("type") == "array" and isinstance(value, list):
        return [planted(schema["items"], item, name, known) for item in value]
    if isinstance(value, dict):
        filled = dict(value)
        for key, part in schema.get("properties", {}).items():
            if key in value or part.get("x-sensitive"):
                filled[key] = planted(part, value.get(key), key, known)
        return filled
    return value


def body_of(operation: Operation, known: dict[str, str]) -> Any:
    """A body that the document allows, with canaries."""
    assert operation.media_type is not None
    content = operation.node["requestBody"]["content"][operation.media_type]
    return planted(content["schema"], content["example"], "", known)


def parameters_of(operation: Operation, place: str, known: dict[str, str]) -> dict[str, str]:
    """Canaries for the sensitive parameters there."""
    found = [item for item in operation.parameters if item["in"] == place]
    sensitive = [item for item in found if item["schema"].get("x-sensitive")]
    return {item["name"]: planted(item["schema"], "", item["name"], known) for item in sensitive}


def kept_names() -> set[str]:
    """The sensitive properties that a reading operation shows, and that databases therefore hold: an address, say."""
    names = set[str]()
    for operation in OPERATIONS:
        if operation.method == "get":
            for status, answer in operation.node["responses"].items():
                for content in answer.get("content", {}).values() if status[0] == "2" else ():
                    names |= set(_sensitive(content["schema"]))
    return names


def _sensitive(schema: Any) -> Iterator[str]:
    if "items" in schema:
        yield from _sensitive(schema["items"])
    for name, part in schema.get("properties", {}).items():
        if part.get("x-sensitive"):
            yield name
        else:
            yield from _sensitive(part)

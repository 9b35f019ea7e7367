"""Request bodies: read within a limit, parsed strictly, checked by the schema, made a model."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError

from ..kit.problems import BadRequest, ContentTooLarge, FieldError, UnsupportedMediaType
from .errors import MAX_ERRORS, field_errors, missing, pointer, repeated
from .parameters import coercion, decode_fields
from .schema import Schema, compile_schema

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

MAX_BYTES = 1 << 20
MAX_DEPTH = 64
MAX_NAMES = 5_000
"""Of all objects of a body together, far more than any document describes. Each has its colon, and to count those takes
a thousandth of the time that parsing takes, which holds up every other request.
"""
_LEAST, _BEYOND = -(1 << 63), 1 << 63
"""The bound of 64-bit integers."""
_LIST_ALL_ERRORS_UP_TO = 4096
"""Bytes up to which all errors of a body are reported.

Of a larger body only the first error is reported, because collecting them all may take seconds.
"""

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
# Backslashes stand in strings alone, so an odd number of them before u0000 is an escaped NUL.
_BOM = b"\xef\xbb\xbf"
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_CHARSET = re.compile(r';\s*charset\s*=\s*"?([^\s;"]*)', re.IGNORECASE)


class Body:
    """The request body of one operation.

    Raises TypeError for an unsupported media type.
    """

    def __init__(self, declared: dict[str, Any], model: type[BaseModel] | None) -> None:
        self.required: bool = declared.get("required", False)
        self._media: dict[str, JsonMedia | FormMedia] = {}
        self._exact: dict[bytes, JsonMedia | FormMedia] = {}
        for media_type, content in declared["content"].items():
            if media_type not in (_JSON, _FORM):
                raise TypeError(f"request bodies of type {media_type} are not supported")
            media = JsonMedia if media_type == _JSON else FormMedia
            self._media[media_type] = media(content.get("schema", {}))
            self._exact[media_type.encode()] = self._media[media_type]
        self._build = model.__pydantic_validator__.validate_python if model else None

    async def read(self, headers: dict[bytes, bytes], receive: Receive) -> tuple[bytes, Any]:
        """The body as it was sent, and its value: the handler's model if there is one, else JSON.

        Where there is none, the bytes are empty. Raises BadRequest, ContentTooLarge or UnsupportedMediaType.
        """
        declared = headers.get(b"content-length", b"")
        if len(declared) > 6 and declared.isdigit() and int(declared[:20]) > MAX_BYTES:
            raise _too_large()
        message = await receive()
        raw: bytes = message.get("body", b"")
        if message.get("more_body") or message["type"] == "http.disconnect" or len(raw) > MAX_BYTES:
            raw = await _receive_rest(message, receive)
        if not raw:
            if self.required:
                raise BadRequest(errors=[missing("body")])
            return b"", None
        media = self._exact.get(headers.get(b"content-type", b""))
        if media is None or b"content-encoding" in headers:
            media = self._media_of(headers)
        value = media.parse(raw)
        if self._build is None:
            return raw, value
        try:
            # Lax, since JSON Schema takes 1.0 for an integer and JSON has no type for dates.
            return raw, self._build(value, strict=False)
        except ValidationError as error:
            raise _misfit(error) from None

    def _media_of(self, headers: dict[bytes, bytes]) -> JsonMedia | FormMedia:
        if b"content-encoding" in headers and headers[b"content-encoding"].lower() != b"identity":
            raise UnsupportedMediaType(
                "Send the body without a content encoding.",
                headers={"Accept-Encoding": "identity"},
            )
        content_type = headers.get(b"content-type", b"").decode("latin-1")
        media = self._media.get(content_type.partition(";")[0].strip().lower())
        charset = _CHARSET.search(content_type)
        if media is None or (charset and charset[1].lower() not in ("utf-8", "utf8")):
            accepted = ", ".join(self._media)
            raise UnsupportedMediaType(f"Send the body as {accepted}, in UTF-8.", headers={"Accept": accepted})
        return media


def _misfit(error: ValidationError) -> BadRequest:
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return BadRequest(
        errors=[
            FieldError("body", pointer(*item["loc"]), item["type"], "is not acceptable")
            for item in details[:MAX_ERRORS]
        ]
    )


class JsonMedia:
    """A body in JSON, checked against one schema."""

    def __init__(self, schema: Schema) -> None:
        self._validator = compile_schema(schema)
        self._is_valid = self._validator.is_valid

    def parse(self, raw: bytes) -> Any:
        """The value.

        Raises BadRequest if it is not strict JSON or does not match the schema.
        """
        value = strict_json(raw)
        if not self._is_valid(value):
            large = len(raw) > _LIST_ALL_ERRORS_UP_TO
            found = field_errors(self._validator, value, "body", first_only=large)
            raise BadRequest(errors=found)
        return value


class FormMedia:
    """A form: a flat object, whose texts become the types of its properties as parameters do.

    Raises TypeError for a property that is not a scalar.
    """

    def __init__(self, schema: Schema) -> None:
        self._validator = compile_schema(schema)
        properties = schema.get("properties", {})
        self._coerce = {name: coercion(property) for name, property in properties.items()}

    def parse(self, raw: bytes) -> dict[str, Any]:
        """The fields.

        Raises BadRequest if the form is ill-formed or does not match the schema.
        """
        errors: list[FieldError] = []
        texts = decode_fields(raw.decode("latin-1"), "body", errors)
        errors += [repeated("body", name) for name, found in texts.items() if len(found) > 1]
        value = {name: self._coerce.get(name, str)(found[0]) for name, found in texts.items()}
        errors += field_errors(self._validator, value, "body")
        if errors:
            raise BadRequest(errors=errors[:MAX_ERRORS])
        return value


async def _receive_rest(message: MutableMapping[str, Any], receive: Receive) -> bytes:
    """The whole body after its first message.

    Raises BadRequest or ContentTooLarge.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        if message["type"] == "http.disconnect":
            raise BadRequest("The request ended before its body did.")
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BYTES:
            raise _too_large()
        if not message.get("more_body", False):
            return b"".join((*chunks, chunk))
        chunks.append(chunk)
        message = await receive()


def _too_large() -> ContentTooLarge:
    return ContentTooLarge(f"A body may have {MAX_BYTES} bytes.")


def strict_json(raw: bytes) -> Any:
    """The value of a JSON document (RFC 8259) that says one thing to every reader.

    Raises BadRequest for input that orjson refuses (other encodings, NaN, lone surrogates, ...), and for
    input that it accepts: a name twice in an object, an integer beyond 64 bits (orjson makes it a
    float), a NUL in a string (PostgreSQL stores none), and nesting deeper than `MAX_DEPTH`.
    """
    raw = raw.removeprefix(_BOM)  # a parser may ignore it (RFC 8259, section 8.1)
    colons = raw.count(b":")
    if colons > MAX_NAMES:
        raise _bad_json("names", f"must not hold more than {MAX_NAMES} names, or colons in strings")
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise _bad_json("json", f"is not JSON in UTF-8 at line {error.lineno}, column {error.colno}") from None
    kind = type(value)
    # Each name of an object has its colon. As many colons as names found: no name was lost, hence
    # none came twice. Colons in strings only lead to the exact and slower way.
    names = _count_names(value, 0) if kind is dict or kind is list else _count_names([value], 1)
    if colons != names:
        json.loads(raw, object_pairs_hook=_unique_names, parse_int=_bounded_integer)
    if b"\\u0000" in raw and _NUL.search(raw):
        raise _bad_json("encoding", "must not hold a NUL")
    return value


def _count_names(value: Any, depth: int) -> int:
    """The number of names in an object or array.

    The count is wrong if a number may be beyond 64 bits.
    """
    if depth == MAX_DEPTH:
        raise _bad_json("depth", f"must not be nested deeper than {MAX_DEPTH}")
    names, children = (len(value), value.values()) if type(value) is dict else (0, value)
    for child in children:
        kind = type(child)
        if kind is dict or kind is list:
            names += _count_names(child, depth + 1)
        elif (kind is int or kind is float) and not _LEAST < child < _BEYOND:
            names -= MAX_BYTES
    return names


def _unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _bad_json("repeated", "names a property of an object twice")
    return found


def _bounded_integer(digits: str) -> int:
    value = int(digits[:21])  # of more digits, the first 21 are beyond 64 bits too
    if not _LEAST <= value < _BEYOND:
        raise _bad_json("maximum", "must not hold integers beyond 64 bits")
    return value


def _bad_json(code: str, detail: str) -> BadRequest:
    return BadRequest(errors=[FieldError("body", "", code, detail)])

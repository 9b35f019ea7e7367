"""Query, header, path and cookie parameters: from text to checked values.

Text becomes a number or a boolean only in its one exact form, that of JSON: `+5`, ` 1`, `1_000`,
`TRUE` and digits of other scripts stay text, and the schema then refuses them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

from ..kit.idempotency import KEY_HEADER, bare_key
from ..kit.problems import BadRequest, FieldError, Place, PreconditionRequired
from .errors import MAX_ERRORS, field_errors, ill_formed, missing, repeated, unknown
from .schema import Schema, compile_schema

MAX_FIELDS = 1000
"""Maximum number of fields in a query or a form, checked before any is decoded."""

RawHeaders = Sequence[tuple[bytes, bytes]]

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BOOLEANS = {"true": True, "false": False}

# OpenAPI 3.0.3, "Parameter Object": headers of these names are described elsewhere in a document.
_NOT_PARAMETERS = {"accept", "authorization", "content-type"}
_DEFAULT_STYLE = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


def _integer(text: str) -> int | str:
    return int(text) if _INTEGER.fullmatch(text) else text


def _number(text: str) -> float | str:
    if not _NUMBER.fullmatch(text):
        return text
    value = float(text)
    if not math.isfinite(value):
        return text
    return int(text) if _INTEGER.fullmatch(text) else value


def _boolean(text: str) -> bool | str:
    return _BOOLEANS.get(text, text)


_COERCE: dict[str, Callable[[str], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "string": str,
}


def coercion(schema: Schema) -> Callable[[str], Any]:
    """From text to the type of a scalar schema; text that is not in its form is returned as it is.

    Raises TypeError where the schema does not say one scalar type, itself or in its `allOf`.
    """
    types = [part["type"] for part in (schema, *schema.get("allOf", ())) if "type" in part]
    if not types or types[0] not in _COERCE:
        raise TypeError("its schema must say one type out of " + ", ".join(_COERCE))
    return _COERCE[types[0]]


def decode(text: str) -> str | None:
    """A percent-encoded UTF-8 text, or None if it has an invalid escape, invalid UTF-8 or a NUL."""
    if not text.isascii():
        return None
    if "%" in text:
        if _BAD_ESCAPE.search(text):
            return None
        try:
            text = unquote_to_bytes(text).decode("utf-8")
        except UnicodeDecodeError:
            return None
    return None if "\0" in text else text


def decode_fields(text: str, place: Place, errors: list[FieldError]) -> dict[str, list[str]]:
    """The texts of each name in a query or form (x-www-form-urlencoded); adds to `errors`.

    Raises BadRequest for more than `MAX_FIELDS` fields.
    """
    if text.count("&") >= MAX_FIELDS:
        too_many = FieldError(place, "", "maxProperties", f"must have at most {MAX_FIELDS} fields")
        raise BadRequest(errors=[too_many])
    texts: dict[str, list[str]] = {}
    for field in text.replace("+", " ").split("&"):
        if not field:
            continue
        encoded_name, _, encoded_value = field.partition("=")
        name, value = decode(encoded_name), decode(encoded_value)
        if name is None:
            errors.append(ill_formed(place))
        elif value is None:
            errors.append(ill_formed(place, name))
        else:
            texts.setdefault(name, []).append(value)
    return texts


class Parameter:
    """One declared parameter, compiled.

    Raises TypeError for an unsupported kind.
    """

    def __init__(self, declared: dict[str, Any]) -> None:
        self.name: str = declared["name"]
        self.place: Place = declared["in"]
        self.argument = self.name.lower().replace("-", "_")
        self.required: bool = declared.get("required", False)
        self.wanted = False
        """Whether the handler takes it."""
        try:
            self._compile(declared)
        except TypeError as error:
            raise TypeError(f"{self.place} parameter {self.name}: {error}") from None

    def _compile(self, declared: dict[str, Any]) -> None:
        schema: Schema | None = declared.get("schema")
        style = _DEFAULT_STYLE[self.place]
        if schema is None or declared.get("style", style) != style:
            raise TypeError(f"only a schema in style {style} is supported")
        self.has_default = "default" in schema
        self.default = schema.get("default")
        self._array = schema.get("type") == "array"
        # Only the form style can repeat a name; "simple" is one list with commas either way.
        self._explode: bool = style == "form" and declared.get("explode", True)
        self._coerce = coercion(schema["items"] if self._array else schema)
        if (self.place, self.name) == ("header", KEY_HEADER):
            self._coerce = bare_key
        self._validator = compile_schema(schema)
        self._is_valid = self._validator.is_valid

    def take(self, texts: list[str], errors: list[FieldError]) -> Any:
        """The value of the input, or None with an entry more in `errors`."""
        value: Any
        if len(texts) > 1 and not (self._array and self._explode):
            errors.append(repeated(self.place, self.name))
            return None
        if not self._array:
            value = self._coerce(texts[0])
        else:
            if not self._explode:
                texts = texts[0].split(",") if texts[0] else []
            value = [self._coerce(text) for text in texts]
        if self._is_valid(value):
            return value
        errors += field_errors(self._validator, value, self.place, self.name)
        return None


class Parameters:
    """All parameters of an operation.

    `declared` are those of the document, an operation's own before those of its path; `path_names`
    are the path's parameters in its order; `if_match_by_428` says that a missing `If-Match` is
    428, not 400. Raises TypeError for a parameter that is not supported, and for two that give one
    argument.
    """

    def __init__(self, declared: list[dict[str, Any]], path_names: list[str], *, if_match_by_428: bool) -> None:
        compiled: dict[tuple[str, str], Parameter] = {}
        for item in declared:
            key = item["in"], item["name"].lower() if item["in"] == "header" else item["name"]
            # An operation's parameter replaces its path's; Connexion lists the latter several times.
            if key not in compiled and not (key[0] == "header" and key[1] in _NOT_PARAMETERS):
                compiled[key] = Parameter(item)
        self.all = list(compiled.values())
        if len({parameter.argument for parameter in self.all}) < len(self.all):
            raise TypeError("two parameters have names that give the same argument")
        in_path = {name: parameter for (at, name), parameter in compiled.items() if at == "path"}
        if set(in_path) != set(path_names):
            raise TypeError("the path and its declared path parameters differ")
        self._path = [in_path[name] for name in path_names]
        self._query = {name: p for (at, name), p in compiled.items() if at == "query"}
        self._header = {name.encode(): p for (at, name), p in compiled.items() if at == "header"}
        self._cookie = {name: p for (at, name), p in compiled.items() if at == "cookie"}
        if_match = self._header.get(b"if-match")
        self._none = not compiled
        self._if_match = if_match if if_match and if_match.required and if_match_by_428 else None
        self._must_come = {
            place: [(name, p) for name, p in parameters.items() if p.required and p is not self._if_match]
            for place, parameters in (("query", self._query), ("header", self._header), ("cookie", self._cookie))
        }
        self._defaults: dict[str, Any] = {}

    def bind(self, arguments: set[str]) -> None:
        """Say which arguments the handler takes: the rest is checked and let go."""
        for parameter in self.all:
            parameter.wanted = parameter.argument in arguments
        self._defaults = {p.argument: p.default for p in self.all if p.wanted and p.has_default}

    def read(self, path_texts: list[str], query: bytes, headers: RawHeaders) -> dict[str, Any]:
        """The handler's arguments by name; an omitted one has its default, or is left out.

        Raises BadRequest with every bad parameter, or PreconditionRequired if just `If-Match`
        lacks.
        """
        if self._none and not query:
            return {}
        values = self._defaults.copy()
        errors: list[FieldError] = []
        for parameter, encoded in zip(self._path, path_texts, strict=True):
            text = decode(encoded)
            if text is None:
                errors.append(ill_formed("path", parameter.name))
            else:
                self._take(parameter, [text], values, errors)
        must_come = self._must_come["query"]
        if query or must_come:
            texts = decode_fields(query.decode("latin-1"), "query", errors) if query else {}
            self._take_all(self._query, must_come, texts, values, errors)
            for name in texts:
                if name not in self._query:
                    errors.append(unknown("query", name))
        if self._header:
            self._take_all(
                self._header, self._must_come["header"], _header_texts(headers, self._header), values, errors
            )
        if self._cookie:
            self._take_all(self._cookie, self._must_come["cookie"], _cookie_texts(headers), values, errors)
        if errors:
            raise BadRequest(errors=errors[:MAX_ERRORS])
        if self._if_match is not None and all(name != b"if-match" for name, _ in headers):
            raise PreconditionRequired("Send the ETag of the version you edit in If-Match.")
        return values

    def _take_all(
        self,
        parameters: Mapping[Any, Parameter],
        must_come: Sequence[tuple[Any, Parameter]],
        texts: Mapping[Any, list[str]],
        values: dict[str, Any],
        errors: list[FieldError],
    ) -> None:
        for name, found in texts.items():
            if name in parameters:
                self._take(parameters[name], found, values, errors)
        for name, parameter in must_come:
            if name not in texts:
                errors.append(missing(parameter.place, parameter.name))

    def _take(
        self,
        parameter: Parameter,
        texts: list[str],
        values: dict[str, Any],
        errors: list[FieldError],
    ) -> None:
        value = parameter.take(texts, errors)
        if parameter.wanted:
            values[parameter.argument] = value


def _header_texts(headers: RawHeaders, wanted: Mapping[bytes, Any]) -> dict[bytes, list[str]]:
    texts: dict[bytes, list[str]] = {}
    for name, value in headers:
        if name in wanted:
            texts.setdefault(name, []).append(value.strip(b" \t").decode("latin-1"))
    return texts


def _cookie_texts(headers: RawHeaders) -> dict[str, list[str]]:
    """Names and values of RFC 6265, section 4.2.1."""
    texts: dict[str, list[str]] = {}
    for header, value in headers:
        if header == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                name, _, text = pair.strip().partition("=")
                texts.setdefault(name, []).append(text)
    return texts

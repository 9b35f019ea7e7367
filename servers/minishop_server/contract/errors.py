"""The errors of a validator in our own words.

The library's messages quote the value, which may be a password; these are written from the schema
alone, which is public. The only parts of the request in them are its names, truncated.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import orjson
from jsonschema_rs import ValidationError, ValidationErrorKind

from ..kit.problems import FieldError, Place
from .schema import Validator

MAX_ERRORS = 100
"""More bad fields than this are not listed: an answer should not outgrow the request."""

_MAX_NAME = 64
_MAX_DETAIL = 500
_DETAILS = {
    "minimum": "must be at least {limit}",
    "maximum": "must be at most {limit}",
    "exclusiveMinimum": "must be more than {limit}",
    "exclusiveMaximum": "must be less than {limit}",
    "multipleOf": "must be a multiple of {multiple_of}",
    "minLength": "must have at least {limit} characters",
    "maxLength": "must have at most {limit} characters",
    "pattern": "must match {pattern}",
    "format": "must be a well-formed {format}",
    "minItems": "must have at least {limit} items",
    "maxItems": "must have at most {limit} items",
    "uniqueItems": "must not hold the same item twice",
    "minProperties": "must have at least {limit} properties",
    "maxProperties": "must have at most {limit} properties",
    "anyOf": "must have one of the documented forms",
    "oneOf": "must have exactly one of the documented forms",
    "not": "has a form that is not allowed",
}


def pointer(*path: str | int) -> str:
    """A JSON pointer (RFC 6901).

    Names are cut at 64 characters, because they may come from the caller.
    """
    return "".join("/" + str(step)[:_MAX_NAME].replace("~", "~0").replace("/", "~1") for step in path)


def missing(place: Place, *path: str | int) -> FieldError:
    """Something required is not there."""
    return FieldError(place, pointer(*path), "missing", "is required")


def unknown(place: Place, *path: str | int) -> FieldError:
    """Something is there that the document does not name."""
    return FieldError(place, pointer(*path), "unknown", "is not in the contract")


def repeated(place: Place, *path: str | int) -> FieldError:
    """Something is there more than once."""
    return FieldError(place, pointer(*path), "repeated", "must be given once only")


def ill_formed(place: Place, *path: str | int) -> FieldError:
    """A text whose escapes are wrong, or that is not UTF-8, or that holds a NUL."""
    return FieldError(place, pointer(*path), "encoding", "must be well-formed UTF-8 without NUL")


def field_errors(
    validator: Validator, value: Any, place: Place, *prefix: str, first_only: bool = False
) -> list[FieldError]:
    """The errors of `value`, at most `MAX_ERRORS` entries; empty if it is valid.

    `prefix` leads the pointers. `first_only` stops at the first error: the library collects all of
    them before it yields one, which takes seconds for a large value that is wrong everywhere.
    """
    found: Iterable[ValidationError]
    if first_only:
        try:
            validator.validate(value)
            return []
        except ValidationError as error:
            found = [error]
    else:
        found = validator.iter_errors(value)
    entries = (entry for error in found for entry in _entries(error, place, prefix))
    return list(islice(entries, MAX_ERRORS))


def _entries(error: ValidationError, place: Place, prefix: tuple[str, ...]) -> list[FieldError]:
    path = (*prefix, *error.instance_path)
    match error.kind:
        case ValidationErrorKind.Required(name):
            return [missing(place, *path, name)]
        case ValidationErrorKind.AdditionalProperties(names):
            return [unknown(place, *path, name) for name in names[:MAX_ERRORS]]
        case ValidationErrorKind.Type(types):
            detail = "must be of type " + " or ".join(types)
        case ValidationErrorKind.Enum(options):
            detail = "must be one of " + orjson.dumps(options).decode()
        case kind:
            template = _DETAILS.get(kind.name, "does not match the contract")
            detail = template.format(**kind.as_dict())
    return [FieldError(place, pointer(*path), error.kind.name, detail[:_MAX_DETAIL])]

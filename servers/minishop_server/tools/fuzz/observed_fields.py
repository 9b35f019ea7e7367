"""The parts of a document that a request and its response show: sent fields, violated keywords, the code of a problem.

Names and codes, never a value; and of refused input, no name that the document does not know. It imports nothing of
Minishop, as `recorder.py` loads it into the fuzzing process, and the tests use it too (`tests/statuses.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

Field = tuple[str, str, str]
"""Place, JSON pointer there with `*` for the number of an item, and `SENT` or the code of the error.

Names of headers are in small letters. An `unknown` field has the pointer of the object that does not know it. The code
of the problem has the place `PROBLEM` and no pointer.
"""

SENT = "sent"
PROBLEM = "problem"
NO_KEYWORDS = ("encoding", "repeated")
"""Codes of errors outside of schemas, whose pointers may contain any name."""


def fields(query: str, headers: Mapping[str, str], body: bytes, status: int, answer: bytes) -> set[Field]:
    """The sent fields of a request that succeeded, or the problem of a refused one and its errors if it is a 400."""
    if 200 <= status < 300:
        return {(place, pointer, SENT) for place, pointer in _sent(query, headers, body)}
    return set(_refused(status, answer)) if status >= 400 else set()


def _sent(query: str, headers: Mapping[str, str], body: bytes) -> Iterator[tuple[str, str]]:
    """Place and pointer of each sent field, without the names in the path, which every success has."""
    small = {name.lower(): value for name, value in headers.items()}
    yield from (("query", f"/{name}") for name, _ in parse_qsl(query, keep_blank_values=True))
    yield from (("header", f"/{name}") for name in small)
    cookies = small.get("cookie", "").split(";")
    yield from (("cookie", f"/{cookie.partition('=')[0].strip()}") for cookie in cookies if "=" in cookie)
    with suppress(ValueError):  # an operation without a body ignores its content
        if small.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            value: Any = dict(parse_qsl(body.decode(), keep_blank_values=True))
        else:
            value = json.loads(body)
        yield from (("body", pointer) for pointer in _pointers(value, ""))


def _pointers(value: Any, pointer: str) -> Iterator[str]:
    yield pointer
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _pointers(child, f"{pointer}/{name}")
    elif isinstance(value, list):
        for item in value:
            yield from _pointers(item, f"{pointer}/*")


def _refused(status: int, answer: bytes) -> Iterator[Field]:
    with suppress(ValueError):  # a response to HEAD has no body, and errors before the service are no problems in JSON
        problem = json.loads(answer)
        if isinstance(problem, dict) and "code" in problem:
            yield PROBLEM, "", problem["code"]
            yield from _broken(problem.get("errors", ())) if status == 400 else ()


def _broken(errors: Iterable[Mapping[str, str]]) -> Iterator[Field]:
    for error in errors:
        place, code, steps = error["in"], error["code"], error["pointer"].split("/")
        if code not in NO_KEYWORDS:
            known = steps[:-1] if code == "unknown" else steps
            pointer = "/".join("*" if step.isdigit() else step for step in known)
            yield place, pointer.lower() if place == "header" else pointer, code

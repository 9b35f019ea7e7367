"""Responses: serialized from the result of a handler, and validated before they are sent."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

import orjson
import structlog

from minishop_contracts.reply import NO_HEADERS, Reply

from ..kit.problems import PROBLEM_JSON, FieldError, NotAcceptable, Problem, problem_body
from ..kit.request_context import path_prefix
from ..kit.security_headers import OF_SERVICES
from .accept import is_acceptable
from .errors import field_errors
from .parameters import coercion
from .schema import Schema, Validator, compile_schema, compile_without_cents, text_of

OUR_FAULT = "Something went wrong on our side; the request id finds it in the log."

_JSON = "application/json"
# Every answer carries them, but the outermost layer writes them, after us.
_WRITTEN_OUTSIDE = {"x-request-id", "minishop-service", *(name.decode() for name, _ in OF_SERVICES)}
_EMPTY = (204, 304)  # no body; of length, 204 has none and 304 that of another (RFC 9110, 8.6)
_NO_STORE = (b"cache-control", b"no-store")
_MOST_KNOWN = 1024
_ORJSON_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS

_THREE_DECIMALS = re.compile(rb"\.[0-9]{3}")
_TINY = re.compile(rb"[0-9]e-[0-9]")

log = structlog.get_logger()


Fields = list[tuple[bytes, bytes]]
Answer = tuple[int, Fields, bytes]
"""The parts of a response: status, headers and payload."""


class Breach(Exception):
    """A response that does not match the document.

    The message gives the reason without values.
    """


def write(status: int, payload: bytes, media_type: str | None, headers: Mapping[str, str]) -> Answer:
    """An answer with its length, kept by no cache unless `headers` name `Cache-Control`, spelt so."""
    written = []
    for name, text in headers.items():
        if name != "Content-Type":
            written.append((_wire(name), text.encode("latin-1")))
    if "Cache-Control" not in headers:
        written.append(_NO_STORE)
    if media_type is not None:
        written.append((b"content-type", media_type.encode("latin-1")))
    if status not in _EMPTY:
        written.append((b"content-length", b"%d" % len(payload)))
    return status, written, payload


@lru_cache(maxsize=256)
def _wire(name: str) -> bytes:
    return name.lower().encode("latin-1")


def problem_answer(problem: Problem, path: str) -> Answer:
    """The problem as problem+json with its headers.

    Args:
        path: that of the request.
    """
    # A URI reference, however the path was written; no documented path is anywhere near as long.
    instance = path_prefix() + quote(path[:300], safe="/:@!$&'()*+,;=~", errors="replace")
    return write(problem.status, problem_body(problem, instance), PROBLEM_JSON, problem.headers)


class Responses:
    """The documented responses of an operation.

    Args:
        check: the share of the handler's responses to validate.
    """

    def __init__(self, operation_id: str, declared: dict[str, Any], *, check: float) -> None:
        self._operation_id = operation_id
        self._check = check
        compiled = {status: DocumentedResponse(item, check=check > 0) for status, item in declared.items()}
        self._default = compiled.pop("default", None)
        self._numbered = {int(status): response for status, response in compiled.items()}
        successes = [status for status in self._numbered if 200 <= status < 300]
        self._success = min(successes, default=200)
        offered = {_essence(name) for status in successes for name in self._numbered[status].media_types}
        self._offered = tuple(sorted(offered))

    def negotiate(self, accept: bytes) -> None:
        """Raises NotAcceptable if the operation answers with a body, and `Accept` takes it in no documented form."""
        if self._offered and not is_acceptable(accept, self._offered):
            raise NotAcceptable(f"This operation answers in {', '.join(self._offered)}.")

    def answer(self, result: Any) -> Answer:
        """The serialized result of a handler.

        Raises Problem (500) for a breach.
        """
        body, status, headers = result if isinstance(result, Reply) else (result, None, NO_HEADERS)
        if status is None:
            status = self._success
        response = self._numbered.get(status, self._default)
        media_type = headers.get("Content-Type") or (response and response.media_type)
        if status in _EMPTY or (media_type is None and body is None):
            answer = write(status, b"", None, headers)
        else:
            media_type = media_type or _JSON
            answer = write(status, _payload(body, media_type), media_type, headers)
        if self._check and (self._check == 1 or random.random() < self._check):
            self._hold(response, answer, body)
        return answer

    def check_problem(self, problem: Problem, path: str) -> None:
        """Validate a problem that the handler raised.

        Raises Problem (500) for a breach.
        """
        if self._check and (self._check == 1 or random.random() < self._check):
            status, headers, payload = problem_answer(problem, path)
            self._hold(self._numbered.get(status, self._default), (status, headers, payload), orjson.loads(payload))

    def _hold(self, response: DocumentedResponse | None, answer: Answer, body: Any) -> None:
        status, _, _ = answer
        try:
            if response is None:
                raise Breach("the status is not documented")
            response.check(answer, body)
        except Breach as breach:
            log.error(
                "response_breaks_contract",
                operation=self._operation_id,
                status=status,
                breach=str(breach),
            )
            raise Problem(OUR_FAULT) from None


class DocumentedResponse:
    """One documented response: its media types with their schemas, and its headers."""

    def __init__(self, declared: dict[str, Any], *, check: bool) -> None:
        self._bodies, self._quick, self._headers = _compiled(text_of(declared), check)
        self.media_types = list(self._bodies)
        self.media_type: str | None = None
        if self.media_types:
            self.media_type = _JSON if _JSON in self._bodies else self.media_types[0]
        self._codes = frozenset(declared.get("x-problems", ()))
        self._held: set[int] = set()

    def check(self, answer: Answer, body: Any) -> None:
        """Raises Breach. `body` is the value that the payload was written from.

        Answers that held are known again: lists are read far more often than they change. They are known by their
        hash, a keyed one of 64 bits, so that they take no room.
        """
        _, headers, payload = answer
        known = hash((payload, *headers))
        if known in self._held:
            return
        self.check_anew(answer, body)
        if len(self._held) >= _MOST_KNOWN:
            self._held.clear()
        self._held.add(known)

    def check_anew(self, answer: Answer, body: Any) -> None:
        """The same, without the cache."""
        _, fields, payload = answer
        headers = dict(fields)
        for header in self._headers:
            header.check(headers.get(header.name))
        media_type = _essence(headers.get(b"content-type", b"").decode("latin-1"))
        if not payload:
            if self._bodies:
                raise Breach("the body is missing")
        elif media_type not in self._bodies:
            raise Breach("the media type of the body is not documented")
        else:
            schemas = self._bodies if _may_have_fractions_of_cents(payload) else self._quick
            self._check_body(schemas[media_type], media_type, payload, body)
        if media_type == PROBLEM_JSON and self._codes and body["code"] not in self._codes:
            raise Breach(f"the problem {body['code']} is not documented")

    @staticmethod
    def _check_body(schema: Validator, media_type: str, payload: bytes, body: Any) -> None:
        try:
            if schema.is_valid(body):
                return
        except ValueError:
            pass  # an object that only orjson knows, for example a date
        sent = orjson.loads(payload) if _is_json(media_type) else payload.decode("utf-8", "replace")
        errors = field_errors(schema, sent, "body", first_only=True)
        if errors:
            raise Breach(_sentence(errors))


class _Header:
    """One documented header of a response, a scalar."""

    def __init__(self, name: str, declared: dict[str, Any]) -> None:
        schema: Schema = declared.get("schema", {})
        self.name = name.lower().encode("latin-1")
        self._required: bool = declared.get("required", False)
        try:
            self._coerce = coercion(schema)
        except TypeError as error:
            raise TypeError(f"response header {name}: {error}") from None
        self._schema = compile_schema(schema)

    def check(self, raw: bytes | None) -> None:
        """Raise Breach if the header is not as documented.

        Args:
            raw: None if the header was not sent.
        """
        name = self.name.decode("latin-1")
        if raw is None:
            if self._required:
                raise Breach(f"the header {name} is missing")
            return
        value = self._coerce(raw.decode("latin-1"))
        if not self._schema.is_valid(value):
            raise Breach(_sentence(field_errors(self._schema, value, "header", name)))


@cache
def _compiled(text: bytes, check: bool) -> tuple[dict[str, Validator], dict[str, Validator], list[_Header]]:
    """The bodies of a documented response by media type, exactly and without counting decimals, and its headers.

    Most refusals are the same at all operations, and are compiled once.
    """
    declared = orjson.loads(text)
    content = {name.lower(): item.get("schema", {}) for name, item in declared.get("content", {}).items()}
    return (
        {name: compile_schema(schema) for name, schema in content.items()},
        {name: compile_without_cents(schema) for name, schema in content.items()} if check else {},
        [
            _Header(name, item)
            for name, item in declared.get("headers", {}).items()
            if name.lower() not in _WRITTEN_OUTSIDE
        ],
    )


def _may_have_fractions_of_cents(payload: bytes) -> bool:
    """Whether some number in a JSON text may not be a multiple of 0.01, by how orjson writes numbers.

    It writes the shortest digits that make the number again: one of whole cents has at most two decimals and no
    negative exponent. The same marks in a string only lead to the exact check.
    """
    return _THREE_DECIMALS.search(payload) is not None or (b"e-" in payload and _TINY.search(payload) is not None)


def _essence(media_type: str) -> str:
    """Type and subtype, without parameters (https://mimesniff.spec.whatwg.org/#mime-type-essence)."""
    return media_type.partition(";")[0].strip().lower()


def _is_json(media_type: str) -> bool:
    return _essence(media_type).endswith(("/json", "+json"))


def _payload(body: Any, media_type: str) -> bytes:
    if media_type == _JSON or _is_json(media_type):
        return orjson.dumps(body, option=_ORJSON_OPTIONS)
    return body if isinstance(body, bytes) else str(body).encode("utf-8")


def _sentence(errors: list[FieldError]) -> str:
    return "; ".join(f"{error.place} {error.pointer} {error.detail}" for error in errors)

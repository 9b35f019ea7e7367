"""Refusals: domain errors that know their status, and the one place that writes them as problem+json (RFC 9457).

A rule that is broken raises a subclass of `Problem`; no handler catches it. The status stands on the class
rather than in a table elsewhere, so that a reader of the rule sees the answer. A `detail` is written for the
caller and never holds a value that came with the request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import orjson

from .request_context import path_prefix, request_id

PROBLEM_JSON = "application/problem+json"
TYPE_BASE = "/problems/"
"""The path of the pages that explain the codes."""

Place = Literal["body", "query", "path", "header", "cookie"]


@dataclass(frozen=True, slots=True)
class FieldError:
    """One invalid field: its place, its JSON pointer there (RFC 6901), a stable code, and the error."""

    place: Place
    pointer: str
    code: str
    detail: str


class Problem(Exception):
    """A refusal that the contract documents.

    Subclasses set `status`, `code` and `title`.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Internal error"

    def __init__(
        self,
        detail: str = "",
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        **extensions: object,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = errors
        self.headers: Mapping[str, str] = headers or {}
        self.extensions = extensions


class BadRequest(Problem):
    """The request does not match the document."""

    status, code, title = 400, "invalid_request", "The request does not match the contract"


class Unauthorized(Problem):
    """The token is missing or invalid.

    Carries the challenge of RFC 6750, section 3.
    """

    status, code, title = 401, "unauthorized", "A valid bearer token is required"

    def __init__(self, detail: str = "", *, challenge: str = "Bearer", **extensions: object) -> None:
        super().__init__(detail, errors=(), headers={"WWW-Authenticate": challenge}, **extensions)


class Forbidden(Problem):
    """The caller is known, and may not."""

    status, code, title = 403, "forbidden", "This is not allowed"


class NotFound(Problem):
    """Nothing there, or something of another user: the two are never told apart."""

    status, code, title = 404, "not_found", "Not found"


class MethodNotAllowed(Problem):
    """The path exists, but not with this method.

    Names the methods of the path.
    """

    status, code, title = 405, "method_not_allowed", "The method is not allowed here"

    def __init__(self, allow: Sequence[str]) -> None:
        methods = ", ".join(allow)
        super().__init__(f"This path answers {methods}.", headers={"Allow": methods})


class NotAcceptable(Problem):
    """The caller accepts no media type that the operation answers in."""

    status, code, title = 406, "not_acceptable", "The answer has no form that is accepted"


class RequestTimeout(Problem):
    """The request came too slowly (RFC 9110, section 15.5.9)."""

    status, code, title = 408, "request_timeout", "The request came too slowly"


class Conflict(Problem):
    """The state of things forbids it."""

    status, code, title = 409, "conflict", "The request conflicts with the present state"


class PreconditionFailed(Problem):
    """The `If-Match` of the request is stale."""

    status, code, title = 412, "stale_etag", "The object has changed since it was read"


class ContentTooLarge(Problem):
    """The body is larger than the service reads."""

    status, code, title = 413, "body_too_large", "The request body is too large"


class UnsupportedMediaType(Problem):
    """The body comes in a media type or an encoding that the operation does not take."""

    status, code, title = 415, "unsupported_media_type", "The media type is not supported"


class Unprocessable(Problem):
    """Well-formed, and cannot be done as it stands."""

    status, code, title = 422, "unprocessable", "The request cannot be processed"


class PreconditionRequired(Problem):
    """An edit that does not say which version it edits."""

    status, code, title = 428, "if_match_required", "If-Match is required"


class RateLimited(Problem):
    """An address or a caller asks more often than the operation lets it (RFC 6585, section 4)."""

    status, code, title = 429, "rate_limited", "Too many requests"

    def __init__(self, detail: str = "", *, retry_after: int, headers: Mapping[str, str]) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after), **headers})


class HeadersTooLarge(Problem):
    """The header section is larger than the service reads (RFC 6585, section 5)."""

    status, code, title = 431, "headers_too_large", "The request headers are too large"


class Unavailable(Problem):
    """Something the answer depends on cannot be reached; trying again later is safe.

    `reason` is for the operator, in the log and on the command line: it may name hosts and files, which no answer does.
    """

    status, code, title = 503, "unavailable", "A part of the shop cannot be reached"

    def __init__(self, detail: str = "", *, retry_after: int = 1, reason: str = "") -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
        self.reason = reason or str(self)


def problem_body(problem: Problem, instance: str) -> bytes:
    """The problem as a JSON document.

    Args:
        instance: the path of the request without its query.
    """
    body: dict[str, Any] = {
        "type": path_prefix() + TYPE_BASE + problem.code.replace("_", "-"),
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail or problem.title,
        "instance": instance,
        "code": problem.code,
        "request_id": request_id.get(),
        **problem.extensions,
    }
    if problem.errors:
        body["errors"] = [
            {"in": e.place, "pointer": e.pointer, "code": e.code, "detail": e.detail} for e in problem.errors
        ]
    return orjson.dumps(body)

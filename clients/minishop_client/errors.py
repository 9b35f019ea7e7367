"""Refusals as exceptions, named after the error (RFC 9457 problem details)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx


@dataclass(frozen=True, slots=True)
class FieldError:
    """A bad field.

    Attributes:
        place: where it stood: `body`, `query`, `path`, `header` or `cookie`.
        pointer: its JSON pointer there (RFC 6901), as in `/quantity`.
        code: the error, for programs.
        detail: the error, in words.
    """

    place: str
    pointer: str
    code: str
    detail: str

    def __str__(self) -> str:
        return f"{self.place} {self.pointer} {self.detail}"


class ApiError(Exception):
    """A service answered, but not with a success.

    Attributes:
        status: the HTTP status.
        code: the error, for programs, as in `out_of_stock`; empty if no service of ours answered.
        title: the kind of problem in words.
        detail: the error of this request.
        errors: each bad field.
        request_id: finds the request in the logs of the shop.
        problem: the whole problem document.
        headers: the headers of the answer, by name in any case.
    """

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.problem = problem_of(response)
        self.code = str(self.problem.get("code", ""))
        self.title = str(self.problem.get("title") or response.reason_phrase)
        self.detail = str(self.problem.get("detail", ""))
        self.request_id = str(self.problem.get("request_id") or response.headers.get("X-Request-Id", ""))
        self.errors = _field_errors(self.problem.get("errors"))
        super().__init__(self._sentence())

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles have the attributes, because `__init__` needs the response, which is not kept."""
        return _made, (type(self), *self.args), self.__dict__

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait before another try, if the service says so (RFC 9110, 10.2.3)."""
        value = self.headers.get("Retry-After", "")
        if value.isdecimal():
            return float(value)
        try:
            return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
        except (TypeError, ValueError):
            return None

    def _sentence(self) -> str:
        words = f"{self.status} {self.title}"
        if self.detail and self.detail != self.title:
            words += f": {self.detail}"
        if self.errors:
            words += f" [{'; '.join(map(str, self.errors))}]"
        return words + (f" (request {self.request_id})" if self.request_id else "")


def _made(kind: type[ApiError], *args: str) -> ApiError:
    return kind.__new__(kind, *args)


class BadRequest(ApiError):
    """400: the request does not match the contract, for the reasons in `errors`."""


class Unauthorized(ApiError):
    """401: no token, one that no longer holds, or a wrong password."""


class PaymentRequired(ApiError):
    """402: the payment was declined."""


class Forbidden(ApiError):
    """403: the caller is known, and may not."""


class NotFound(ApiError):
    """404: there is no such object, or it belongs to another user."""


class MethodNotAllowed(ApiError):
    """405: the path does not answer this method."""


class NotAcceptable(ApiError):
    """406: the service answers in no media type that was asked for."""


class RequestTimeout(ApiError):
    """408: the request came too slowly, and was not carried out."""


class Conflict(ApiError):
    """409: the present state forbids the request, for the reason in `code`."""


class PreconditionFailed(ApiError):
    """412: the object was edited since you read it."""


class ContentTooLarge(ApiError):
    """413: the body is too large."""


class UnsupportedMediaType(ApiError):
    """415: the service does not take this media type."""


class Unprocessable(ApiError):
    """422: well-formed, and cannot be done as it stands."""


class PreconditionRequired(ApiError):
    """428: the edit does not say which version it edits."""


class TooManyRequests(ApiError):
    """429: too many calls, possible again after `retry_after` seconds."""


class HeadersTooLarge(ApiError):
    """431: the headers are too large."""


class ServerError(ApiError):
    """500 and above: the service failed."""


class Unavailable(ServerError):
    """502, 503 or 504: the service, or one it needs, cannot be reached just now."""


class UnexpectedAnswer(ApiError):
    """An answer that the contract does not know: a page of a proxy, say, or a far newer service."""

    def _sentence(self) -> str:
        return f"{super()._sentence()}: the contract knows no such answer"


def problem_of(response: httpx.Response) -> Mapping[str, Any]:
    """The problem document, or nothing when the body is something else."""
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) and not response.is_success else {}


def _field_errors(errors: object) -> tuple[FieldError, ...]:
    found = errors if isinstance(errors, list) else []
    return tuple(
        FieldError(*(str(error.get(key, "")) for key in ("in", "pointer", "code", "detail")))
        for error in found
        if isinstance(error, dict)
    )

"""The exception for a refusal: by its code, or else by its status."""

from __future__ import annotations

import httpx

from .errors import (
    ApiError,
    BadRequest,
    Conflict,
    ContentTooLarge,
    Forbidden,
    HeadersTooLarge,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    PaymentRequired,
    PreconditionFailed,
    PreconditionRequired,
    RequestTimeout,
    ServerError,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    Unprocessable,
    UnsupportedMediaType,
    problem_of,
)
from .services.problems import BY_CODE

_BY_STATUS: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    406: NotAcceptable,
    408: RequestTimeout,
    409: Conflict,
    412: PreconditionFailed,
    413: ContentTooLarge,
    415: UnsupportedMediaType,
    422: Unprocessable,
    428: PreconditionRequired,
    429: TooManyRequests,
    431: HeadersTooLarge,
    502: Unavailable,
    503: Unavailable,
    504: Unavailable,
}


def raise_for_problem(response: httpx.Response) -> None:
    """Raise the ApiError of an unsuccessful response, whose body must have been read."""
    if not response.is_success:
        of_status = _BY_STATUS.get(response.status_code, ServerError if response.is_server_error else ApiError)
        of_code = BY_CODE.get(str(problem_of(response).get("code")), of_status)
        raise (of_code if issubclass(of_code, of_status) else of_status)(response)

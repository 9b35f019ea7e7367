"""Typed Python client of the Minishop services: `Minishop` for blocking code, `AsyncMinishop`."""

from .auth import BearerAuth, TokenAuth, password_login, service_login
from .errors import (
    ApiError,
    BadRequest,
    Conflict,
    ContentTooLarge,
    FieldError,
    Forbidden,
    MethodNotAllowed,
    NotFound,
    PaymentRequired,
    PreconditionFailed,
    PreconditionRequired,
    ServerError,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    UnexpectedAnswer,
    Unprocessable,
    UnsupportedMediaType,
)
from .retry import Retry
from .runtime import UNSET, Response, Unset
from .shop import SERVICES, AsyncMinishop, Minishop

__all__ = (
    "SERVICES",
    "UNSET",
    "ApiError",
    "AsyncMinishop",
    "BadRequest",
    "BearerAuth",
    "Conflict",
    "ContentTooLarge",
    "FieldError",
    "Forbidden",
    "MethodNotAllowed",
    "Minishop",
    "NotFound",
    "PaymentRequired",
    "PreconditionFailed",
    "PreconditionRequired",
    "Response",
    "Retry",
    "ServerError",
    "TokenAuth",
    "TooManyRequests",
    "Unauthorized",
    "Unavailable",
    "UnexpectedAnswer",
    "Unprocessable",
    "Unset",
    "UnsupportedMediaType",
    "password_login",
    "service_login",
)

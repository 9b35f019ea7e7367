"""Minishop with its outermost layer: request id in and out, security headers, a JSON line a request."""

from functools import partial
from typing import Any

from backend import Backend
from starlette.types import ASGIApp

from minishop_server.hosting.request_log import RequestLog
from minishop_server.kit.logging import configure_logging
from minishop_server.kit.settings import ServiceName

from .minishop import shop


def application(backend: Backend) -> ASGIApp:
    """As `minishop`, and the outermost layer of a service."""
    configure_logging()
    return shop(backend, check_responses=False, outer=_log)


def _log(service: ServiceName) -> Any:
    return partial(RequestLog, service=service)

"""Minishop with its outermost layer: request id in and out, security headers, a JSON line a request."""

from functools import partial
from typing import Any

from starlette.types import ASGIApp

from bench.backend import Backend
from bench.peers.minishop import shop
from minishop_server.hosting.request_log import RequestLog
from minishop_server.kit.logging import configure_logging
from minishop_server.kit.settings import ServiceName


def application(backend: Backend) -> ASGIApp:
    """As `minishop`, and the outermost layer of a service."""
    configure_logging()
    return shop(backend, check_responses=False, outer=_log)


def _log(service: ServiceName) -> Any:
    return partial(RequestLog, service=service)

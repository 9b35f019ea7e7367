"""Minishop with validation of every response, including known ones."""

from starlette.types import ASGIApp

from bench.backend import Backend
from bench.peers.minishop import shop
from minishop_server.contract.responses import DocumentedResponse


def application(backend: Backend) -> ASGIApp:
    """As `minishop_checked`, and no answer is known again."""
    DocumentedResponse.check = DocumentedResponse.check_anew  # type: ignore[method-assign]
    return shop(backend, check_responses=True)

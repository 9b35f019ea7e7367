"""Minishop with validation of each response."""

from starlette.types import ASGIApp

from bench.backend import Backend
from bench.peers.minishop import shop


def application(backend: Backend) -> ASGIApp:
    """With checks of answers."""
    return shop(backend, check_responses=True)

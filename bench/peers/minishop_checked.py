"""Minishop, each answer held against the document before it leaves."""

from starlette.types import ASGIApp

from bench.backend import Backend
from bench.peers.minishop import shop


def application(backend: Backend) -> ASGIApp:
    """With checks of answers."""
    return shop(backend, check_responses=True)

"""Minishop, each answer held against the document before it leaves."""

from backend import Backend
from starlette.types import ASGIApp

from .minishop import shop


def application(backend: Backend) -> ASGIApp:
    """With checks of answers."""
    return shop(backend, check_responses=True)

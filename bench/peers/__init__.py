"""The candidates: each module has `application(backend)`, which answers two requests of the shop.

`GET /catalog/products` and `POST /cart/items`, for a verified bearer token of a fitting role, with the checks that the
documents ask for: a parameter or a property that they do not name is refused, and so is a value out of bounds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to write the same application."""

    name: str
    title: str
    module: str
    needs: str = "minishop_server"
    """The distribution's module without which it cannot be imported."""


BARE = Candidate("bare", "bare ASGI", "bench.peers.bare")
MINISHOP = Candidate("minishop", "Minishop", "bench.peers.minishop")
CANDIDATES = (
    BARE,
    Candidate("starlette", "Starlette by hand", "bench.peers.starlette_by_hand"),
    Candidate("fastapi", "FastAPI, idiomatic", "bench.peers.fastapi_idiomatic", "fastapi"),
    Candidate("fastapi-tuned", "FastAPI, tuned", "bench.peers.fastapi_tuned", "fastapi"),
    Candidate("litestar", "Litestar (msgspec)", "bench.peers.litestar_msgspec", "litestar"),
    Candidate("connexion", "Connexion as it comes", "bench.peers.connexion_stock"),
    MINISHOP,
    Candidate("minishop-checked", "Minishop, answers checked", "bench.peers.minishop_checked"),
)
LOGGED = Candidate("minishop-logged", "Minishop with its outermost layer", "bench.peers.minishop_logged")
ANEW = Candidate("minishop-anew", "Minishop, every answer checked anew", "bench.peers.minishop_checked_anew")
EXTRAS = (BARE, MINISHOP, LOGGED, ANEW)
"""Measured separately, for the cost that the last two add to Minishop."""

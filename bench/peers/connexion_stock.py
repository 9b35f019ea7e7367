"""Connexion 3 with its own stack: the shop's documents, its decorators and its validation."""

from __future__ import annotations

import copy
from typing import Any

import connexion
from connexion.exceptions import Forbidden
from connexion.resolver import Resolver
from starlette.types import ASGIApp

from bench.backend import Backend
from bench.peers.by_hand import READERS, SHOPPERS
from minishop_server.kit.documents import document
from minishop_server.kit.problems import Problem

NO_STORE = {"Cache-Control": "no-store"}
_backend: Backend
"""Set once: Connexion wants functions of modules."""


async def bearer_info(token: str) -> dict[str, Any] | None:
    """Connexion's hook: the claims of a token, or None."""
    try:
        caller = await _backend.verifier.verify(token)
    except Problem:
        return None
    return {"sub": caller.subject, "caller": caller}


async def list_products(user: str, token_info: dict[str, Any], **query: Any) -> Any:
    """Handler."""
    _permit(token_info, READERS)
    return await _backend.products(**query), 200, NO_STORE


async def add_cart_item(body: dict[str, int], token_info: dict[str, Any]) -> Any:
    """Handler."""
    _permit(token_info, SHOPPERS)
    cart, etag = await _backend.add_to_cart(token_info["caller"], body["product_id"], body["quantity"])
    return cart, 201, {**NO_STORE, "Location": "/cart", "ETag": etag}


def application(backend: Backend) -> ASGIApp:
    """The default stack of middlewares over the two operations."""
    global _backend
    _backend = backend
    app = connexion.AsyncApp("minishop")
    handlers = {"list_products": list_products, "add_cart_item": add_cart_item}
    app.add_api(_document(), resolver=Resolver(handlers.__getitem__), strict_validation=True)
    return app  # type: ignore[no-any-return]


def _document() -> dict[str, Any]:
    """The two operations out of their documents, with the hook for tokens."""
    whole = copy.deepcopy(document("catalog"))
    cart = copy.deepcopy(document("cart"))
    whole["paths"] = {
        "/catalog/products": {"get": whole["paths"]["/catalog/products"]["get"]},
        "/cart/items": {"post": cart["paths"]["/cart/items"]["post"]},
    }
    for kind, parts in cart["components"].items():
        whole["components"].setdefault(kind, {}).update(parts)
    for operation in (whole["paths"]["/catalog/products"]["get"], whole["paths"]["/cart/items"]["post"]):
        # With JSON beside problem+json, Connexion asks the handler which one it means; here it is JSON.
        operation["responses"] = {status: found for status, found in operation["responses"].items() if status < "300"}
    whole["components"]["securitySchemes"]["bearerAuth"]["x-bearerInfoFunc"] = f"{__name__}.bearer_info"
    return whole


def _permit(token_info: dict[str, Any], roles: frozenset[str]) -> None:
    # Connexion has no roles for bearer tokens.
    if token_info["caller"].role not in roles:
        raise Forbidden

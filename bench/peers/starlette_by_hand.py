"""Starlette with its routing, requests and responses, and with checks written by hand."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bench.backend import Backend
from bench.peers.by_hand import READERS, SHOPPERS, Refused, caller_of, cart_item, product_query
from minishop_server.kit.problems import Problem


def application(backend: Backend) -> ASGIApp:
    """Two routes, and refusals as exceptions."""

    async def list_products(request: Request) -> Response:
        await caller_of(_authorization(request), backend, READERS)
        return _json(await backend.products(**product_query(request.scope["query_string"])))

    async def add_cart_item(request: Request) -> Response:
        caller = await caller_of(_authorization(request), backend, SHOPPERS)
        if request.scope["query_string"]:
            raise Refused(400)
        if request.headers.get("content-type") != "application/json":
            raise Refused(415)
        product_id, quantity = cart_item(await request.body())
        cart, etag = await backend.add_to_cart(caller, product_id, quantity)
        return _json(cart, 201, location="/cart", etag=etag)

    async def refuse(request: Request, refused: Exception) -> Response:
        assert isinstance(refused, Refused | Problem)
        return Response(status_code=refused.status)

    return Starlette(
        routes=[Route("/catalog/products", list_products), Route("/cart/items", add_cart_item, methods=["POST"])],
        exception_handlers={Refused: refuse, Problem: refuse},
    )


def _authorization(request: Request) -> bytes | None:
    value = request.headers.get("authorization")
    return None if value is None else value.encode("latin-1")


def _json(body: Any, status: int = 200, **headers: str) -> Response:
    return Response(orjson.dumps(body), status, {"cache-control": "no-store", **headers}, "application/json")

"""Nothing but ASGI and orjson: the floor that the others are compared with."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.types import ASGIApp, Receive, Scope, Send

from bench.backend import Backend
from bench.peers.by_hand import READERS, SHOPPERS, Refused, caller_of, cart_item, product_query
from bench.serving import body_of
from minishop_server.kit.problems import Problem

JSON = (b"content-type", b"application/json")
NO_STORE = (b"cache-control", b"no-store")
LOCATION = (b"location", b"/cart")


def application(backend: Backend) -> ASGIApp:
    """Both requests in one function each."""

    async def list_products(scope: Scope, receive: Receive) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        await caller_of(_header(scope, b"authorization"), backend, READERS)
        products = await backend.products(**product_query(scope["query_string"]))
        return 200, [JSON, NO_STORE], orjson.dumps(products)

    async def add_cart_item(scope: Scope, receive: Receive) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        caller = await caller_of(_header(scope, b"authorization"), backend, SHOPPERS)
        if scope["query_string"]:
            raise Refused(400)
        if _header(scope, b"content-type") != b"application/json":
            raise Refused(415)
        product_id, quantity = cart_item(await body_of(receive))
        cart, etag = await backend.add_to_cart(caller, product_id, quantity)
        return 201, [JSON, NO_STORE, LOCATION, (b"etag", etag.encode("ascii"))], orjson.dumps(cart)

    routes: dict[tuple[str, str], Any] = {
        ("GET", "/catalog/products"): list_products,
        ("POST", "/cart/items"): add_cart_item,
    }

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            handler = routes.get((scope["method"], scope["path"]))
            if handler is None:
                raise Refused(404)
            status, headers, payload = await handler(scope, receive)
        except (Refused, Problem) as refused:
            status, headers, payload = refused.status, [], b""
        headers.append((b"content-length", b"%d" % len(payload)))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": payload})

    return answer


def _header(scope: Scope, wanted: bytes) -> bytes | None:
    for name, value in scope["headers"]:
        if name == wanted:
            return bytes(value)
    return None

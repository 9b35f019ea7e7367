"""FastAPI without the parts that its performance advice removes: no dependency chain, no response model, orjson.

It still checks query and body by models, and the token in one dependency.
"""

# mypy: disable-error-code="import-not-found,untyped-decorator"
# FastAPI is not in the development environment, only in that of the benchmark.

from typing import Annotated, Any

import orjson
from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from starlette.types import ASGIApp

from bench.backend import Backend
from bench.peers.by_hand import READERS, SHOPPERS, Refused, caller_of
from bench.peers.fastapi_models import CartItemInput, ProductQuery, find_products
from minishop_server.kit.problems import Problem
from minishop_server.kit.tokens import Caller

NO_STORE = {"Cache-Control": "no-store"}


def application(backend: Backend) -> ASGIApp:
    """Two path operations that answer bytes."""
    app: Any = FastAPI(openapi_url=None)

    async def reader(request: Request) -> Caller:
        return await authorized(request, READERS)

    async def shopper(request: Request) -> Caller:
        return await authorized(request, SHOPPERS)

    async def authorized(request: Request, roles: frozenset[str]) -> Caller:
        value = request.headers.get("authorization")
        try:
            return await caller_of(None if value is None else value.encode("latin-1"), backend, roles)
        except (Refused, Problem) as refused:
            raise HTTPException(refused.status) from None

    @app.get("/catalog/products", response_model=None, dependencies=[Depends(reader)])
    async def list_products(query: Annotated[ProductQuery, Query()]) -> Response:
        return Response(orjson.dumps(await find_products(backend, query)), 200, NO_STORE, "application/json")

    @app.post("/cart/items", response_model=None)
    async def add_cart_item(item: CartItemInput, caller: Annotated[Caller, Depends(shopper)]) -> Response:
        cart, etag = await backend.add_to_cart(caller, item.product_id, item.quantity)
        headers = {**NO_STORE, "Location": "/cart", "ETag": etag}
        return Response(orjson.dumps(cart), 201, headers, "application/json")

    return app  # type: ignore[no-any-return]

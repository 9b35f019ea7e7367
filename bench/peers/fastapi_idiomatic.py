"""FastAPI as its documentation teaches it: models for query, body and answer, the token by `Depends`.

In its favour: dependencies and handlers are async (no thread pool), and an answer's rows are validated once only.
"""

# mypy: disable-error-code="import-not-found,untyped-decorator"
# FastAPI is not in the development environment, only in that of the benchmark.

from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Response
from fastapi.security import OAuth2PasswordBearer
from starlette.types import ASGIApp

from bench.backend import Backend
from bench.peers.by_hand import READERS, SHOPPERS
from bench.peers.fastapi_models import Cart, CartItemInput, Product, ProductQuery, find_products
from minishop_server.kit.problems import Unauthorized
from minishop_server.kit.tokens import Caller

oauth2_scheme = OAuth2PasswordBearer(tokenUrl="auth/login")


def application(backend: Backend) -> ASGIApp:
    """Two path operations and the chain of dependencies from the documentation's chapter on security."""
    app: Any = FastAPI()

    async def current_caller(token: Annotated[str, Depends(oauth2_scheme)]) -> Caller:
        try:
            return await backend.verifier.verify(token)
        except Unauthorized:
            raise HTTPException(401, "Invalid token", {"WWW-Authenticate": "Bearer"}) from None

    async def current_reader(caller: Annotated[Caller, Depends(current_caller)]) -> Caller:
        return permitted(caller, READERS)

    async def current_shopper(caller: Annotated[Caller, Depends(current_caller)]) -> Caller:
        return permitted(caller, SHOPPERS)

    @app.get("/catalog/products", dependencies=[Depends(current_reader)])
    async def list_products(query: Annotated[ProductQuery, Query()], response: Response) -> list[Product]:
        products: Any = await find_products(backend, query)
        response.headers["Cache-Control"] = "no-store"
        return list(products)

    @app.post("/cart/items", status_code=201)
    async def add_cart_item(
        item: CartItemInput, caller: Annotated[Caller, Depends(current_shopper)], response: Response
    ) -> Cart:
        cart: Any
        cart, response.headers["ETag"] = await backend.add_to_cart(caller, item.product_id, item.quantity)
        response.headers["Location"] = "/cart"
        response.headers["Cache-Control"] = "no-store"
        return cart  # type: ignore[no-any-return]  # the documentation returns dicts too: FastAPI makes the model

    return app  # type: ignore[no-any-return]


def permitted(caller: Caller, roles: frozenset[str]) -> Caller:
    """The caller, if the role is one of these.

    Raises HTTPException (403) for another role.
    """
    if caller.role not in roles:
        raise HTTPException(403, "Not permitted")
    return caller

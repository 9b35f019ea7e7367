"""Litestar as its documentation teaches it: msgspec structs, a guard for roles, authentication as middleware.

The documentation's authentication middleware, with the shop's verifier and its memory of tokens; Litestar's own
`JWTAuth` would verify the signature each time.
"""

# mypy: disable-error-code="import-not-found,untyped-decorator,misc,call-arg"
# Litestar and msgspec are not in the development environment, only in that of the benchmark.

from collections.abc import Callable
from typing import Annotated, Any, Literal

from litestar import Litestar, Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.exceptions import ClientException, NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult, DefineMiddleware
from litestar.params import FromQuery, JSONBody, QueryParameter
from msgspec import Meta, Struct
from starlette.types import ASGIApp

from bench.backend import Backend
from bench.peers.by_hand import READERS, SHOPPERS, Refused, caller_of
from minishop_server.kit.problems import Problem

ProductId = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Quantity = Annotated[int, Meta(ge=1, le=100)]
Sort = Literal["id", "-id", "name", "-name", "price", "-price"]
QUERY = {"limit", "cursor", "q", "min_price", "max_price", "in_stock", "ids", "sort"}
NO_STORE = {"Cache-Control": "no-store"}
CREATED = {**NO_STORE, "Location": "/cart"}
Guard = Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], None]


class Product(Struct):
    """A product in an answer."""

    id: int
    name: str
    price: float
    stock: int


class CartItemInput(Struct, forbid_unknown_fields=True):
    """The item to add."""

    product_id: ProductId
    quantity: Quantity


class CartItem(Struct):
    """A line of a cart in an answer."""

    product_id: int
    quantity: int
    price: float


class Cart(Struct):
    """A cart in an answer."""

    items: list[CartItem]
    total_items: int
    total_price: float


class Authentication(AbstractAuthenticationMiddleware):
    """The bearer token becomes the request's user."""

    def __init__(self, app: Any, backend: Backend) -> None:
        super().__init__(app)
        self._backend = backend

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        """The caller of the request.

        Raises NotAuthorizedException.
        """
        value = connection.headers.get("authorization")
        try:
            caller = await caller_of(None if value is None else value.encode("latin-1"), self._backend, READERS)
        except (Refused, Problem):
            raise NotAuthorizedException from None
        return AuthenticationResult(user=caller, auth=value)


def permits(roles: frozenset[str]) -> Guard:
    """A guard that lets these roles through."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        if connection.user.role not in roles:
            raise PermissionDeniedException

    return guard


def only_known(names: set[str]) -> Guard:
    """A guard that refuses query parameters of other names, which Litestar lets pass."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        if not connection.query_params.keys() <= names:
            raise ClientException

    return guard


def application(backend: Backend) -> ASGIApp:
    """Two route handlers."""

    @get("/catalog/products", guards=[permits(READERS), only_known(QUERY)], response_headers=NO_STORE)
    async def list_products(
        limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
        cursor: Annotated[str | None, QueryParameter(pattern="^c_[0-9a-f]{1,8}$")] = None,
        q: Annotated[str | None, QueryParameter(min_length=1, max_length=100)] = None,
        min_price: Annotated[float | None, QueryParameter(ge=0, le=100_000)] = None,
        max_price: Annotated[float | None, QueryParameter(ge=0, le=100_000)] = None,
        in_stock: FromQuery[bool | None] = None,
        ids: Annotated[str | None, QueryParameter(pattern="^[0-9]{1,9}(,[0-9]{1,9}){0,99}$")] = None,
        sort: FromQuery[Sort] = "id",
    ) -> list[Product]:
        numbers = None if ids is None else [int(number) for number in ids.split(",")]
        products = await backend.products(limit, cursor, q, min_price, max_price, in_stock, numbers, sort)
        return [Product(**product) for product in products]

    @post("/cart/items", guards=[permits(SHOPPERS), only_known(set())], response_headers=CREATED)
    async def add_cart_item(data: JSONBody[CartItemInput], request: Request[Any, Any, Any]) -> Response[Cart]:
        cart, etag = await backend.add_to_cart(request.user, data.product_id, data.quantity)
        shown = Cart([CartItem(**item) for item in cart["items"]], cart["total_items"], cart["total_price"])
        return Response(shown, headers={"ETag": etag})

    app: Any = Litestar(
        [list_products, add_cart_item],
        middleware=[DefineMiddleware(Authentication, backend=backend)],
        openapi_config=None,
        logging_config=None,
    )
    return app  # type: ignore[no-any-return]

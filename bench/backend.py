"""The base of every candidate: the shop's own domains and SQL, and its tokens.

All candidates call the same objects, so they differ only in the path of a request: routing, the token, the
checks, and writing the response. The shop's `TokenVerifier` verifies tokens (ES256) and remembers valid ones;
every candidate uses it.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, cast

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from minishop_server.kit.database import Database, Numbers, open_database
from minishop_server.kit.ids import ProductId, UserId
from minishop_server.kit.money import Cents, amount, cents
from minishop_server.kit.paging import Page
from minishop_server.kit.peers import Peers
from minishop_server.kit.revocations import Revocation, Revocations
from minishop_server.kit.settings import SERVICES
from minishop_server.kit.tokens import ALGORITHM, ISSUER, TOKEN_TYPE, Caller, TokenVerifier
from minishop_server.services.cart.domain import Carts
from minishop_server.services.cart.rows import Snapshot, StoredLine
from minishop_server.services.cart.store import Store as CartStore
from minishop_server.services.catalog.domain import Catalog
from minishop_server.services.catalog.rows import ListedProductRow, ProductRow
from minishop_server.services.catalog.store import Store as CatalogStore

R = TypeVar("R", bound=ProductRow)

PRODUCTS: list[ProductRow] = [
    {
        "id": ProductId(number),
        "name": f"Wireless Keyboard {number:03}",
        "price": Cents(1999 + 250 * number),
        "stock": 100,
        "version": 1,
        "stock_version": 1,
    }
    for number in range(1, 51)
]
"""The products as database rows, with prices in cents."""


class MemoryProducts:
    """Catalog's store in memory, without the filters that the request does not use."""

    database = None

    def __init__(self) -> None:
        self._sales = Sales()

    async def products(self, *, limit: int, **_: Any) -> list[ProductRow]:
        return self._sales.of(PRODUCTS[:limit])


class Sales:
    """Changes the stock of the first product at every second reading.

    The check of responses remembers those that were valid. So half of the responses are new to it, and half are known.
    """

    def __init__(self) -> None:
        self._readings = count()

    def of(self, rows: Sequence[R]) -> list[R]:
        """The rows, with a stock of the first that they never had before, or with the stock of the store."""
        reading, (first, *others) = next(self._readings), rows
        sold = {**first, "stock": 1_000 + reading} if reading % 2 else first
        return [cast(R, sold), *others]


class BusyCatalog(CatalogStore):
    """Catalog's own store, whose products are sold meanwhile."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._sales = Sales()

    async def products(self, **query: Any) -> list[ListedProductRow]:
        return self._sales.of(await super().products(**query))


class MemoryCarts:
    """Cart's store in memory, in which a full line starts again.

    Every second addition has a version of its own, and so a new response. The others are known after a hundred.
    """

    database = None

    def __init__(self) -> None:
        self._carts: dict[UserId, dict[ProductId, StoredLine]] = {}
        self._additions = count()

    async def cart(self, user_id: UserId) -> Snapshot:
        return Snapshot(1, list(self._carts.get(user_id, {}).values()))

    async def add(
        self,
        user_id: UserId,
        product_id: ProductId,
        quantity: int,
        price: Cents,
        *,
        most_lines: int,
        most_pieces: int,
        known: Snapshot,
        withdrawn: Collection[ProductId],
    ) -> Snapshot:
        cart = self._carts.setdefault(user_id, {})
        total = quantity + (cart[product_id].quantity if product_id in cart else 0)
        if total > most_pieces:
            total = quantity
        cart[product_id] = StoredLine(product_id, total, price, len(cart))
        addition = next(self._additions)
        return Snapshot(1 if addition % 2 else 2 + addition, list(cart.values()))


class EndlessCarts(CartStore):
    """Cart's own store, which empties a full cart because a benchmark adds items without end."""

    async def add(
        self,
        user_id: UserId,
        product_id: ProductId,
        quantity: int,
        price: Cents,
        *,
        most_lines: int,
        most_pieces: int,
        known: Snapshot | None = None,
        withdrawn: Collection[ProductId] = (),
    ) -> Snapshot | None:
        limits: dict[str, Any] = {"most_lines": most_lines, "most_pieces": most_pieces}
        cart = await super().add(user_id, product_id, quantity, price, **limits, known=known)
        if cart is None:
            await self.clear(user_id)
            cart = await super().add(user_id, product_id, quantity, price, **limits)
        return cart


@dataclass(frozen=True, slots=True)
class Price:
    """Catalog's answer about a product, as far as Cart needs it."""

    id: int
    price: float


class KnownPrices:
    """Stands for Catalog as Cart's peer: one request is measured, not the one that it causes."""

    def __init__(self) -> None:
        self.catalog = self
        self._prices = {product["id"]: Price(product["id"], product["price"] / 100) for product in PRODUCTS}

    def as_caller(self, caller: Caller) -> KnownPrices:
        return self

    async def list_products(self, *, ids: Sequence[ProductId], limit: int) -> list[Price]:
        return [self._prices[number] for number in ids if number in self._prices]


@dataclass(frozen=True, slots=True)
class Backend:
    """The domains and the results of handlers, for which a candidate provides the HTTP part."""

    catalog: Catalog
    carts: Carts
    verifier: TokenVerifier

    async def products(
        self,
        limit: int = 20,
        cursor: str | None = None,
        q: str | None = None,
        min_price: Decimal | float | None = None,
        max_price: Decimal | float | None = None,
        in_stock: bool | None = None,
        ids: Collection[int] | None = None,
        sort: str = "id",
    ) -> list[dict[str, Any]]:
        """A page of products, as in the document."""
        rows = await self.catalog.products(
            limit=limit + 1,
            after=Page("/catalog/products", limit, cursor).after,
            sort=sort,
            text=q,
            min_price=None if min_price is None else cents(min_price),
            max_price=None if max_price is None else cents(max_price),
            in_stock=in_stock,
            ids=ids,
        )
        return [
            {"id": row["id"], "name": row["name"], "price": amount(row["price"]), "stock": row["stock"]}
            for row in rows[:limit]
        ]

    async def add_to_cart(self, caller: Caller, product_id: int, quantity: int) -> tuple[dict[str, Any], str]:
        """The caller's cart with these pieces added, as in the document, and its ETag."""
        cart = await self.carts.add(caller, ProductId(product_id), quantity)
        shown = {
            "items": [
                {"product_id": line.product_id, "quantity": line.quantity, "price": amount(line.price)}
                for line in cart.lines
            ],
            "total_items": len(cart.lines),
            "total_price": amount(cart.total),
        }
        return shown, f'"{cart.version}"'


@asynccontextmanager
async def open_backend(urls: Mapping[str, str], keys: Sequence[Mapping[str, Any]]) -> AsyncIterator[Backend]:
    """The domains over their databases.

    Args:
        urls: the address of Catalog's and of Cart's database by the service's name; none for memory.
        keys: the keys (JWK) that verify tokens.
    """

    async def known_keys() -> Sequence[Mapping[str, Any]]:
        return keys

    async def no_revocations(cursor: str | None) -> Sequence[Revocation]:
        return ()

    verifier = TokenVerifier("catalog", known_keys, Revocations(no_revocations))
    await verifier.prepare()  # as a service does when it starts
    peers = cast(Peers, KnownPrices())
    if not urls:
        catalog = Catalog(cast(CatalogStore, MemoryProducts()), cast(Numbers, None))
        yield Backend(catalog, Carts(cast(CartStore, MemoryCarts()), peers), verifier)
        return
    async with AsyncExitStack() as stack:
        databases = {}
        for service, url in urls.items():
            databases[service] = await _open(service, url)
            stack.push_async_callback(databases[service].close)
        catalog = Catalog(BusyCatalog(databases["catalog"]), cast(Numbers, None))
        for product in PRODUCTS:
            await catalog.add_product(product["name"], product["price"], product["stock"])
        yield Backend(catalog, Carts(EndlessCarts(databases["cart"]), peers), verifier)


async def _open(service: str, url: str) -> Database:
    package = resources.files(f"minishop_server.services.{service}")
    return await open_database(url, Path(str(package)) / "migrations")


class Issuer:
    """Auth for the time of a benchmark: a key, and tokens of the shop's kind."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        jwk = json.loads(ECAlgorithm.to_jwk(self._key.public_key()))
        self.keys = [{**jwk, "kid": "bench", "use": "sig", "alg": ALGORITHM}]

    def token(self, user_id: int) -> str:
        """A customer's token, for a day."""
        issued = int(time.time())
        claims = {
            "sub": f"user_{user_id}",
            "username": f"user-{user_id}",
            "role": "customer",
            "exp": issued + 86_400,
            "iat": issued,
            "iss": ISSUER,
            "aud": SERVICES,
            "jti": secrets.token_hex(16),
            "sid": f"SES-{user_id:032x}",
        }
        return jwt.encode(claims, self._key, ALGORITHM, {"typ": TOKEN_TYPE, "kid": "bench"})

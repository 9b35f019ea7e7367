# Generated from openapi/ by scripts/generate.py: do not edit.
"""The handlers of Minishop Catalog."""

from __future__ import annotations

from typing import Literal, Protocol, TypeVar

from ..answers import catalog as answers
from ..answers import common
from ..models import catalog as models
from ..models import common as common_models
from ..reply import Reply

Domain = TypeVar("Domain", contravariant=True)
Caller = TypeVar("Caller", contravariant=True)


class Handlers(Protocol[Domain, Caller]):
    """One for each operation: the domain comes first, the rest by name."""

    async def list_products(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        limit: int,
        cursor: str = ...,
        q: str = ...,
        min_price: float = ...,
        max_price: float = ...,
        in_stock: bool = ...,
        ids: list[int] = ...,
        sort: Literal["id", "-id", "name", "-name", "price", "-price"],
    ) -> list[answers.Product] | Reply[list[answers.Product]]:
        """List products."""
        ...

    async def create_product(
        self, domain: Domain, /, *, caller: Caller, body: models.ProductInput
    ) -> answers.Product | Reply[answers.Product]:
        """Add a product."""
        ...

    async def get_product(
        self, domain: Domain, /, *, caller: Caller, product_id: int
    ) -> answers.Product | Reply[answers.Product]:
        """Read a product."""
        ...

    async def update_product(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        body: models.ProductEdit,
        product_id: int,
        if_match: str,
    ) -> answers.Product | Reply[answers.Product]:
        """Edit a product."""
        ...

    async def delete_product(
        self, domain: Domain, /, *, caller: Caller, product_id: int, if_match: str
    ) -> None | Reply[None]:
        """Remove a product."""
        ...

    async def list_stock(
        self, domain: Domain, /, *, caller: Caller, limit: int, cursor: str = ...
    ) -> list[answers.StockBook] | Reply[list[answers.StockBook]]:
        """List the stock books."""
        ...

    async def list_reservations(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        limit: int,
        cursor: str = ...,
        status: Literal["held", "committed", "refused", "released"] = ...,
    ) -> list[answers.Reservation] | Reply[list[answers.Reservation]]:
        """List reservations."""
        ...

    async def reserve_stock(
        self, domain: Domain, /, *, caller: Caller, body: models.ReservationInput, order_id: str
    ) -> answers.Reservation | Reply[answers.Reservation]:
        """Reserve the stock of an order."""
        ...

    async def release_stock(
        self, domain: Domain, /, *, caller: Caller, order_id: str, order_identity: str = ...
    ) -> None | Reply[None]:
        """Release the stock of an order."""
        ...

    async def commit_reservation(
        self, domain: Domain, /, *, caller: Caller, order_id: str, order_identity: str = ...
    ) -> answers.Reservation | Reply[answers.Reservation]:
        """Count the stock of an order as sold."""
        ...

    async def compare_numbers(
        self, domain: Domain, /, *, caller: Caller, body: common_models.KnownNumbers
    ) -> common.NumbersSeen | Reply[common.NumbersSeen]:
        """Compare the numbers of products."""
        ...

    async def livez(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service runs."""
        ...

    async def readyz(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service can work."""
        ...

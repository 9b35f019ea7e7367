# Generated from openapi/ by scripts/generate.py: do not edit.
"""The handlers of Minishop Cart."""

from __future__ import annotations

from typing import Protocol, TypeVar

from ..answers import cart as answers
from ..answers import common
from ..models import cart as models
from ..reply import Reply

Domain = TypeVar("Domain", contravariant=True)
Caller = TypeVar("Caller", contravariant=True)


class Handlers(Protocol[Domain, Caller]):
    """One for each operation: the domain comes first, the rest by name."""

    async def get_cart(
        self, domain: Domain, /, *, caller: Caller
    ) -> answers.Cart | Reply[answers.Cart]:
        """Read your cart."""
        ...

    async def clear_cart(
        self, domain: Domain, /, *, caller: Caller, if_match: str = ...
    ) -> None | Reply[None]:
        """Empty your cart."""
        ...

    async def add_cart_item(
        self, domain: Domain, /, *, caller: Caller, body: models.CartItemInput
    ) -> answers.Cart | Reply[answers.Cart]:
        """Add a product to your cart."""
        ...

    async def update_cart_item(
        self, domain: Domain, /, *, caller: Caller, body: models.CartItemEdit, product_id: int
    ) -> answers.Cart | Reply[answers.Cart]:
        """Set the quantity of a line."""
        ...

    async def remove_cart_item(
        self, domain: Domain, /, *, caller: Caller, product_id: int
    ) -> None | Reply[None]:
        """Remove a line."""
        ...

    async def list_carts(
        self, domain: Domain, /, *, caller: Caller, limit: int, cursor: str = ...
    ) -> list[answers.CartBook] | Reply[list[answers.CartBook]]:
        """List carts."""
        ...

    async def get_cart_for_checkout(
        self, domain: Domain, /, *, caller: Caller, user_id: int, orders: list[str] = ...
    ) -> answers.ShownCart | Reply[answers.ShownCart]:
        """Read a cart that is being bought."""
        ...

    async def take_bought_pieces(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        body: models.BoughtPieces,
        user_id: int,
        order_identity: str,
    ) -> None | Reply[None]:
        """Take the pieces of an order out of a cart."""
        ...

    async def get_highest_numbers(
        self, domain: Domain, /, *, caller: Caller
    ) -> answers.CartNumbers | Reply[answers.CartNumbers]:
        """Read the highest numbers in carts."""
        ...

    async def livez(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service runs."""
        ...

    async def readyz(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service can work."""
        ...

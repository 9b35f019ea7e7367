"""A customer who bought, and the findings of the audit."""

from __future__ import annotations

from minishop_server.tools.audit.command import look
from tests.support.shop import Shop, User


async def bought(shop: Shop, name: str = "ada") -> User:
    """A customer who bought two of product 1."""
    user = await shop.customer(name)
    await user.shop.cart.add_cart_item(product_id=1, quantity=2)
    await user.checkout()
    await shop.settled()
    return user


async def findings(user: User, patience: float = 0) -> list[str]:
    """The report of the audit for an admin."""
    return [str(finding) for finding in (await look(user.shop, 60, patience))[1]]

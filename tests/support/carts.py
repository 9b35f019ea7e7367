"""The lines and the version of a cart."""

from __future__ import annotations

from minishop_client.services.cart.models import Cart
from tests.support.shop import Shop, User


def lines(cart: Cart) -> list[tuple[int, int, float]]:
    """Product, quantity and price of each line."""
    return [(item.product_id, item.quantity, float(item.price)) for item in cart.items]


async def etag(user: User) -> str:
    """The version of the user's cart."""
    return str((await user.shop.cart.with_headers.get_cart()).headers["ETag"])


async def shown(shop: Shop, user: User) -> tuple[int, list[tuple[int, int, int]]]:
    """The version of a cart, and its lines as Orders reads them, prices in cents."""
    cart, _ = await shop.domain("cart").shown(user.id)
    return cart.version, [(line.product_id, line.quantity, line.price) for line in cart.lines]

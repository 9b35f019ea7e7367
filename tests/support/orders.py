"""Orders that were bought, their money, their state and their timeline."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from minishop_client import AsyncMinishop
from minishop_server.services.orders.domain import Orders
from tests.support.shop import Shop, User

RunReplica = Callable[[Shop], AbstractAsyncContextManager[Orders]]


async def two_keyboards(shop: Shop, name: str = "ada") -> User:
    """A customer with two of product 1 in the cart."""
    ada = await shop.customer(name)
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    return ada


async def bought(shop: Shop, name: str = "ada", quantity: int = 2) -> User:
    """A customer with an order of product 1 that is on its way."""
    await shop.product()
    user = await shop.customer(name)
    await user.shop.cart.add_cart_item(product_id=1, quantity=quantity)
    await user.checkout()
    await shop.settled()
    return user


async def delivered(shop: Shop, grace: User, order_id: str = "ORD-101") -> None:
    """The parcel arrives, and Orders learns of it."""
    for status in "out_for_delivery", "delivered":
        await grace.shop.shipping.update_shipment(order_id, status=status)
    await shop.domain("orders").track()


async def money(shop: Shop) -> list[tuple[int, int]]:
    """The captured and refunded amounts of each payment."""
    rows = await shop.domain("payments").database.fetch(dict, "SELECT captured, refunded FROM payments")
    return [(row["captured"], row["refunded"]) for row in rows]


async def state(user: User, order_id: str = "ORD-101") -> str:
    """Where an order stands."""
    return str((await user.shop.orders.get_order(order_id)).status)


async def steps(who: AsyncMinishop, order_id: str = "ORD-101") -> list[str]:
    """The timeline of an order."""
    return [event.step for event in await who.orders.list_order_events(order_id)]

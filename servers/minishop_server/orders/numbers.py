"""The numbers that services give out, compared with those that others know.

Orders calls every service that numbers things, so it is the one that tells each what the others know. See
kit/database/numbers.py for what follows.
"""

from __future__ import annotations

from ..kit.database import Numbers
from ..kit.peers import Peers, ask
from ..kit.values import ORDERS
from .store import Store


async def compare_numbers(store: Store, peers: Peers, numbers: Numbers) -> None:
    """Tell Auth, Catalog, Payments and Shipping the highest of their numbers, and learn that of an order.

    Raises:
        Unavailable: a service does not answer; the others were not all told.
    """
    shop, known = peers.as_itself(), await store.highest_numbers()
    carts = await ask(shop.cart.get_highest_numbers())
    await ask(shop.auth.compare_numbers(highest=max(known["users"], carts.users)))
    reserved = await ask(shop.catalog.compare_numbers(highest=max(known["products"], carts.products)))
    paid = await ask(shop.payments.compare_numbers(highest=known["payments"]))
    sent = await ask(shop.shipping.compare_numbers(highest=known["shipments"]))
    await numbers.learn(ORDERS.row_of_number(max(reserved.orders, paid.orders, sent.orders)))

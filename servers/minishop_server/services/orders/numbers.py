"""The comparison of the numbers of services with those that other services know.

Orders calls every service with numbers, so it tells each the highest numbers that others know. See
kit/database/numbers.py for the consequences.
"""

from __future__ import annotations

from contextlib import suppress

from ...kit.database import Numbers
from ...kit.ids import ORDERS
from ...kit.peers import Peers, ask
from ...kit.problems import Unavailable
from .store import Store


async def compare_numbers(store: Store, peers: Peers, numbers: Numbers) -> None:
    """Tell Catalog, Payments, Shipping and Auth the highest of their numbers, and learn that of an order.

    A service that does not answer keeps no other one from being told. Auth comes last: once it steps back, it signs no
    tokens for the rest.
    """
    shop, known = peers.as_itself(), await store.highest_numbers()
    users, products, seen = known["users"], known["products"], [0]
    with suppress(Unavailable):
        carts = await ask(shop.cart.get_highest_numbers())
        users, products = max(users, carts.users), max(products, carts.products)
    with suppress(Unavailable):
        seen.append((await ask(shop.catalog.compare_numbers(highest=products))).orders)
    with suppress(Unavailable):
        seen.append((await ask(shop.payments.compare_numbers(highest=known["payments"]))).orders)
    with suppress(Unavailable):
        seen.append((await ask(shop.shipping.compare_numbers(highest=known["shipments"]))).orders)
    with suppress(Unavailable):
        await ask(shop.auth.compare_numbers(highest=users))
    await numbers.learn(ORDERS.row_of_number(max(seen)))

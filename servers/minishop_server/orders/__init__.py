"""Orders: turns a cart into an order.

Owns the orders. Calls Auth and Cart under the shopper's token, and Catalog, Payments, Shipping and Notifications under
its own name. The order row is the truth: it is there before the stock is held or the money taken, every effect is keyed
by its number, and so whatever was interrupted is simply done again, by the shopper's retry or by the service itself.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..kit.background import repeating
from ..kit.resources import Resources
from .domain import Orders
from .store import Store

CATCH_UP_SECONDS = 15.0


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Orders]:
    """The domain over its store and its peers, finishing what was interrupted."""
    orders = Orders(Store(resources.database), resources.peers)
    async with repeating(orders.catch_up, CATCH_UP_SECONDS):
        yield orders

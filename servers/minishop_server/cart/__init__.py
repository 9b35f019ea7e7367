"""Cart: what a shopper means to buy.

Owns products and quantities by user. Catalog is asked for the prices, under the shopper's own token, each time a cart
is shown; those that were shown last are remembered, for Orders to charge no other without asking.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..kit.resources import Resources
from .domain import Carts
from .store import Store


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Carts]:
    """The domain over its store and Catalog."""
    yield Carts(Store(resources.database), resources.peers)

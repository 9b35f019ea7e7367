"""Shipping: parcels on their way.

Owns one shipment for each order. Calls Notifications, under its own name, to tell the customer of each move; what was
not told in time is told later, and once.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..kit.background import repeating
from ..kit.resources import Resources
from .domain import Shipping
from .store import Store

CATCH_UP_SECONDS = 15.0


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Shipping]:
    """The domain over its store and Notifications, catching up on what is still to be told."""
    shipping = Shipping(Store(resources.database), resources.peers)
    async with repeating(shipping.catch_up, CATCH_UP_SECONDS):
        yield shipping

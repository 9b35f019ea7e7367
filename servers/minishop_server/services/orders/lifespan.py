"""How Orders starts and ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from ...kit.background import CLEANING_SECONDS, repeating
from ...kit.database import Numbered, Numbers
from ...kit.ids import ORDERS
from ...kit.outbox import Outbox
from ...kit.resources import Resources
from .domain import Orders
from .fulfilment import Fulfilment
from .numbers import compare_numbers
from .settings import Settings
from .store import Store

NUMBERED = Numbered("orders", "orders", numbering=ORDERS)
COMPARE_SECONDS = 5.0
"""Between two comparisons of numbers with the other services."""
TRACK_SECONDS = 2.0
"""Seconds between two polls of Shipping for shipment events."""


@asynccontextmanager
async def running(resources: Resources[Settings]) -> AsyncIterator[Orders]:
    """The domain over its store and its peers, with its workers."""
    numbers = Numbers(resources.database, NUMBERED, resources.step_back)
    await numbers.require_ahead()
    store = Store(resources.database)
    work = Outbox(resources.database, Fulfilment(store, resources.peers).handlers())
    orders = Orders(store, resources.peers, work, resources.settings.checkout_seconds)
    orders.joined = partial(compare_numbers, store, resources.peers, numbers)
    async with (
        work.running(),
        repeating(orders.track, TRACK_SECONDS),
        repeating(orders.joined, COMPARE_SECONDS),
        repeating(partial(orders.forget_old, resources.settings.orders.digest_days), CLEANING_SECONDS),
    ):
        yield orders

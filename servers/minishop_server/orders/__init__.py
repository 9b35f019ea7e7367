"""Orders: turns a cart into an order, and sees to it until the last refund.

Owns the orders. Calls Auth under the shopper's token, and Cart, Catalog, Payments, Shipping and Notifications under its
own name. The order row is the truth: it is there before the stock is held or the money taken, every effect is keyed
by its number, and what is still to be done for it stands beside it as work (kit/work), which any replica does.

A checkout goes through checkouts.py, what is done for an order is in steps.py, its life is the table in states.py.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from ..kit.background import repeating
from ..kit.database import Numbered, Numbers
from ..kit.resources import Resources
from ..kit.values import ORDERS
from ..kit.work import Work
from .domain import Orders
from .numbers import compare_numbers
from .steps import Steps
from .store import Store

NUMBERED = Numbered("orders", "orders", numbering=ORDERS)
COMPARE_SECONDS = 5.0
"""Between two comparisons of numbers with the other services."""
TRACK_SECONDS = 2.0
"""Between two questions to Shipping about what moved."""


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Orders]:
    """The domain over its store and its peers, doing what is still to be done."""
    numbers = Numbers(resources.database, NUMBERED, resources.step_back)
    await numbers.require_ahead()
    store = Store(resources.database)
    work = Work(resources.database, Steps(store, resources.peers).handlers())
    orders = Orders(store, resources.peers, work, resources.settings.checkout_seconds)
    orders.joined = partial(compare_numbers, store, resources.peers, numbers)
    async with work.running(), repeating(orders.track, TRACK_SECONDS), repeating(orders.joined, COMPARE_SECONDS):
        yield orders

"""How Shipping starts and ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from ...kit.background import CLEANING_SECONDS, repeating, resuming
from ...kit.database import LOOK_SECONDS, Numbered, Numbers
from ...kit.resources import Resources
from .domain import SHIPMENTS, Shipping
from .settings import Settings
from .store import Store

NUMBERED = Numbered("shipping", "shipments", "feed", SHIPMENTS)


@asynccontextmanager
async def running(resources: Resources[Settings]) -> AsyncIterator[Shipping]:
    """The domain over its store and Notifications, with its worker."""
    numbers = Numbers(resources.database, NUMBERED, resources.step_back)
    await numbers.require_ahead()
    shipping = Shipping(Store(resources.database), resources.peers, numbers)
    async with (
        shipping.work.running(),
        resuming(shipping.work),
        repeating(numbers.look, LOOK_SECONDS),
        repeating(partial(shipping.forget_old, resources.settings.shipping.feed_days), CLEANING_SECONDS),
    ):
        yield shipping

"""Catalog: what is sold, for how much, and how many are left.

Owns products, and the books of where each piece is: on hand, held for an order, or sold. Calls nobody. A removed
product keeps its row, off sale: orders and reservations go on naming it, and its number is never given to another.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..kit.background import repeating
from ..kit.database import LOOK_SECONDS, Numbered, Numbers
from ..kit.resources import Resources
from .domain import Catalog
from .store import Store

NUMBERED = Numbered("catalog", "products")


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Catalog]:
    """The domain over its store."""
    numbers = Numbers(resources.database, NUMBERED, resources.step_back)
    await numbers.require_ahead()
    async with repeating(numbers.look, LOOK_SECONDS):
        yield Catalog(Store(resources.database), numbers)

"""How Catalog starts and ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ...kit.background import repeating
from ...kit.database import LOOK_SECONDS, Numbered, Numbers
from ...kit.resources import Resources
from ...kit.settings import ProcessSettings
from .domain import Catalog
from .store import Store

NUMBERED = Numbered("catalog", "products")


@asynccontextmanager
async def running(resources: Resources[ProcessSettings]) -> AsyncIterator[Catalog]:
    """The domain over its store."""
    numbers = Numbers(resources.database, NUMBERED, resources.step_back)
    await numbers.require_ahead()
    async with repeating(numbers.look, LOOK_SECONDS):
        yield Catalog(Store(resources.database), numbers)

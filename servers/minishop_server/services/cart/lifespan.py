"""How Cart starts and ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ...kit.resources import Resources
from ...kit.settings import ProcessSettings
from .domain import Carts
from .store import Store


@asynccontextmanager
async def running(resources: Resources[ProcessSettings]) -> AsyncIterator[Carts]:
    """The domain over its store and Catalog."""
    yield Carts(Store(resources.database), resources.peers)

"""Payments: charges each order once.

Owns the payments; the money itself is the provider's. Calls no other service. A payment is written down before the
provider is asked and carries its number as the provider's key, so that a charge whose answer was lost is found again.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..kit.resources import Resources
from .domain import Payments
from .provider import Sandbox
from .store import Store


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Payments]:
    """The domain over its store, with the sandbox for a provider."""
    yield Payments(Store(resources.database), Sandbox())

"""How Payments starts and ends."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from ...kit.background import repeating
from ...kit.database import LOOK_SECONDS, Numbered, Numbers
from ...kit.resources import Resources
from .domain import PAYMENTS, Payments
from .providers.provider import Provider
from .providers.sandbox.domain import Sandbox
from .providers.sandbox.store import Books
from .settings import Settings
from .store import Store

NUMBERED = Numbered("payments", "payments", numbering=PAYMENTS)
CATCH_UP_SECONDS = 2.0


@asynccontextmanager
async def running(resources: Resources[Settings]) -> AsyncIterator[Payments]:
    """The domain over its store, with the provider that the settings name."""
    numbers = Numbers(resources.database, NUMBERED, resources.step_back)
    await numbers.require_ahead()
    async with _provider(resources) as provider:
        payments = Payments(Store(resources.database), provider, resources.peers, numbers)
        async with repeating(payments.catch_up, CATCH_UP_SECONDS), repeating(numbers.look, LOOK_SECONDS):
            yield payments


@asynccontextmanager
async def _provider(resources: Resources[Settings]) -> AsyncIterator[Provider]:
    settings = resources.settings.payments
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
    if settings.stripe_key is None or settings.provider == "sandbox":
        sandbox = Sandbox(Books(resources.database), partial(resources.peers.post, "payments"), secret)
        async with sandbox.running():
            yield sandbox
        return
    from .providers.stripe import Stripe  # here, as it is an extra and takes half a second

    stripe = Stripe(settings.stripe_key.get_secret_value(), secret, settings.currency, settings.stripe_url)
    try:
        yield stripe
    finally:
        await stripe.close()

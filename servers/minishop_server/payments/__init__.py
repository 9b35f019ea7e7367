"""Payments: takes the money for each order once, and gives it back.

Owns the payments and the ledger; the money itself is the provider's. Asks Orders, under the token of an admin, whether
it knows the order whose money the admin moves back. A payment is written down before the provider is asked and carries
its number as the provider's key, so that a charge whose answer was lost is found again. What is owed to a provider or a
shopper stands in the database until it is done, and is done by the request, its repetition, or `catch_up`, whichever
comes first.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from ..kit.background import repeating
from ..kit.database import LOOK_SECONDS, Numbered, Numbers
from ..kit.resources import Resources
from .domain import PAYMENTS, Payments
from .provider import Provider
from .sandbox import Sandbox
from .sandbox.store import Books
from .store import Store

NUMBERED = Numbered("payments", "payments", numbering=PAYMENTS)
CATCH_UP_SECONDS = 2.0


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Payments]:
    """The domain over its store, with the provider that the settings name."""
    numbers = Numbers(resources.database, NUMBERED, resources.step_back)
    await numbers.require_ahead()
    async with _provider(resources) as provider:
        payments = Payments(Store(resources.database), provider, resources.peers, numbers)
        async with repeating(payments.catch_up, CATCH_UP_SECONDS), repeating(numbers.look, LOOK_SECONDS):
            yield payments


@asynccontextmanager
async def _provider(resources: Resources) -> AsyncIterator[Provider]:
    settings = resources.settings.payments
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
    if settings.stripe_key is None or settings.provider == "sandbox":
        sandbox = Sandbox(Books(resources.database), partial(resources.peers.post, "payments"), secret)
        async with sandbox.running():
            yield sandbox
        return
    from .stripe import Stripe  # here, as it is an extra and takes half a second

    stripe = Stripe(settings.stripe_key.get_secret_value(), secret, settings.currency, settings.stripe_url)
    try:
        yield stripe
    finally:
        await stripe.close()

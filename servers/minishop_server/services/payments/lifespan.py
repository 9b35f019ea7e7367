"""How Payments starts and ends."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from ...kit.background import CLEANING_SECONDS, repeating, resuming
from ...kit.database import LOOK_SECONDS, Numbered, Numbers
from ...kit.outbox import Handler, Outbox
from ...kit.resources import Resources
from .domain import Payments
from .ids import PAYMENTS
from .providers.provider import Provider
from .providers.sandbox.domain import Sandbox
from .providers.sandbox.store import Books
from .settings import Settings
from .settlement import Settlement
from .store import Store

NUMBERED = Numbered("payments", "payments", numbering=PAYMENTS)


@asynccontextmanager
async def running(resources: Resources[Settings]) -> AsyncIterator[Payments]:
    """The domain over its store, with the provider that the settings name, doing the work that is owed."""
    numbers = Numbers(resources.database, NUMBERED, resources.step_back)
    await numbers.require_ahead()
    store, handlers = Store(resources.database), dict[str, Handler]()
    outbox = Outbox(resources.database, handlers)
    async with _provider(resources, outbox, handlers) as provider:
        handlers |= Settlement(store, provider).handlers()
        payments = Payments(store, provider, resources.peers, numbers, outbox)
        async with (
            outbox.running(),
            resuming(outbox),
            repeating(numbers.look, LOOK_SECONDS),
            repeating(partial(payments.forget_old, resources.settings.payments.webhook_days), CLEANING_SECONDS),
        ):
            yield payments


@asynccontextmanager
async def _provider(
    resources: Resources[Settings], outbox: Outbox, handlers: dict[str, Handler]
) -> AsyncIterator[Provider]:
    settings = resources.settings.payments
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
    if settings.stripe_key is None or settings.provider == "sandbox":
        sandbox = Sandbox(Books(resources.database), outbox, partial(resources.peers.post, "payments"), secret)
        handlers["send_webhook"] = sandbox.send_webhook
        yield sandbox
        return
    from .providers.stripe import Stripe  # here, as it is an extra and takes half a second

    stripe = Stripe(settings.stripe_key.get_secret_value(), secret, settings.currency, settings.stripe_url)
    try:
        yield stripe
    finally:
        await stripe.close()

"""How Auth starts and ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ...kit.background import CLEANING_SECONDS, repeating, resuming
from ...kit.database import LOOK_SECONDS, Numbered, Numbers
from ...kit.documents import CLIENTS
from ...kit.problems import Unavailable
from ...kit.resources import Resources
from .domain import Auth
from .service_accounts.domain import ServiceAccounts
from .settings import Settings
from .signing_keys.domain import ROUND, SigningKeys
from .store import Store

NUMBERED = Numbered("auth", "users", "revocation_feed")


@asynccontextmanager
async def running(resources: Resources[Settings]) -> AsyncIterator[Auth]:
    """The domain, with a key to sign with and the credentials of the services it was told of.

    Raises:
        Unavailable: there is no secret for the signing keys, or they were encrypted with another.
    """
    numbers = Numbers(resources.database, NUMBERED, resources.step_back)
    await numbers.require_ahead()
    settings, database = resources.settings, resources.database
    if settings.auth.key_secret is None:
        raise Unavailable("MINISHOP_AUTH_KEY_SECRET is not set.")
    keys = SigningKeys(database, settings.auth.key_secret.get_secret_value(), settings.auth.key_days)
    await keys.start()
    clients = ServiceAccounts(database)
    for client in CLIENTS:
        secret = settings.service(client).client_secret
        if secret is not None:
            await clients.ensure(client, secret.get_secret_value())
    auth = Auth(Store(database), keys, clients, settings, resources.peers, numbers)
    auth.sessions.on_ended = resources.sessions_ended
    await auth.clean()
    async with (
        auth.work.running(),
        resuming(auth.work),
        repeating(keys.round, ROUND),
        repeating(auth.clean, CLEANING_SECONDS),
        repeating(numbers.look, LOOK_SECONDS),
    ):
        yield auth

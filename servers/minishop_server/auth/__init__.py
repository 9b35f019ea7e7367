"""Auth: who somebody is.

Owns the accounts, the credentials of services and the keys that tokens are signed with. Calls nobody, so that every
other service may call it. The signing key is made on the first start and kept in the database, where every replica
finds it; only its public half leaves.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..kit.resources import Resources
from ..kit.settings import CLIENTS
from .domain import Auth
from .store import Store


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Auth]:
    """The domain, with a key to sign with and the credentials of the services it was told of."""
    auth = Auth(Store(resources.database), resources.settings.token_seconds)
    await auth.ensure_key()
    for client in CLIENTS:
        secret = resources.settings.service(client).client_secret
        if secret is not None:
            await auth.ensure_client(client, secret.get_secret_value())
    yield auth

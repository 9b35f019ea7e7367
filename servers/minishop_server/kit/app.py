"""A service out of its parts: the document, its handlers, the checks, its database, its peers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from importlib import import_module, resources
from pathlib import Path
from typing import Any

import connexion
import httpx
import yaml
from connexion.middleware.lifespan import LifespanMiddleware
from connexion.resolver import Resolver
from starlette.types import ASGIApp, Receive, Scope, Send

from .auth import TokenVerifier
from .background import beside
from .contract import ContractMiddleware
from .database import open_database
from .edge import Answering, Edge
from .peers import Peers, ask
from .resources import Resources
from .settings import ServiceName, Settings

PACKAGE = "minishop_server"


@cache
def document(name: ServiceName) -> dict[str, Any]:
    """The self-contained OpenAPI document of a service; not to be changed by the reader."""
    text = resources.files("minishop_contracts").joinpath("specs", f"{name}.yaml").read_bytes()
    loaded: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


class Service:
    """One of the seven: an ASGI application, and what lives and dies with it.

    Args:
        name: which.
        settings: those of the process.
        transport: carries calls to the others, where all are in this process.
    """

    def __init__(
        self,
        name: ServiceName,
        settings: Settings,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.name = name
        self.domain: Any = None
        self._settings = settings
        self._transport = transport
        self._verifier = TokenVerifier(self._public_keys)
        self.known_caller = self._verifier.known
        self.authenticate = self._verifier.verify
        self.app: ASGIApp = self._application()
        """What answers requests."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        await self.app(scope, receive, send)

    def _outermost(self, app: Answering) -> ASGIApp:
        # Connexion builds its stack with the first message. From then on its own application in front of it, which
        # has nothing more to do, is left out of the way of a request.
        self.app = Edge(app, service=self.name)
        return self.app

    def _application(self) -> ASGIApp:
        handlers = import_module(f"{PACKAGE}.{self.name}.handlers")
        checks = self._settings.check_responses
        app = connexion.AsyncApp(
            PACKAGE,
            middlewares=[
                self._outermost,
                partial(ContractMiddleware, service=self, check_responses=checks),
                LifespanMiddleware,
            ],
            lifespan=lambda _: self.running(),
        )
        # As a dict: from a file, Connexion would put it through Jinja.
        app.add_api(document(self.name), resolver=Resolver(partial(getattr, handlers)))
        return app  # type: ignore[no-any-return]

    async def _public_keys(self) -> Sequence[Mapping[str, Any]]:
        if self.name == "auth":
            keys: Sequence[Mapping[str, Any]] = await self.domain.public_keys()
            return keys
        found = await ask(self._peers.anonymous.auth.get_jwks())
        return [key.to_dict() for key in found.keys]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Database and domain, from start to stop."""
        module = import_module(f"{PACKAGE}.{self.name}")
        migrations = Path(str(resources.files(module))) / "migrations"
        database = await open_database(self._settings.database_url(self.name), migrations)
        self._peers = Peers(self.name, self._settings, self._transport)
        try:
            async with module.running(Resources(self._settings, database, self._peers)) as domain:
                self.domain = domain
                async with beside(self._verifier.prepare()):  # for long, if Auth is not up yet
                    yield
        finally:
            await self._peers.close()
            await database.close()

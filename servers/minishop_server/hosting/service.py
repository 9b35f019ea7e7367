"""A service out of its parts: the document, its handlers, the checks, its database, its peers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from typing import Any

import connexion
import httpx
import structlog
from connexion.middleware.lifespan import LifespanMiddleware
from connexion.resolver import Resolver
from connexion.spec import OpenAPISpecification
from starlette.types import ASGIApp, Receive, Scope, Send

from minishop_contracts.answers.common import Health

from ..contract import ContractMiddleware
from ..contract.interface import hold
from ..contract.responses import Answer, problem_answer
from ..kit import spans
from ..kit.background import beside, first_of, repeating
from ..kit.database import migrations_of, open_database, traced
from ..kit.documents import document
from ..kit.health import readyz
from ..kit.issuer import RemoteIssuer
from ..kit.peers import Peers
from ..kit.problems import Unavailable
from ..kit.request_context import current_service
from ..kit.resources import Resources
from ..kit.revocations import Revocations
from ..kit.settings import ServiceName
from ..kit.tokens import TokenVerifier
from ..services.settings import Settings
from .request_log import Answering, RequestLog

PACKAGE = "minishop_server"
PROBES = "livez", "readyz"
RETRY = 1.0
"""Seconds between two tries to start."""

# Connexion holds a document to the schema of OpenAPI whenever an application is made, which took two thirds of a start.
# Ours are held to it where they are built: see tests/contract/test_documents.py.
OpenAPISpecification.openapi_schema = {}


class NotReady:
    """Stands for the resources of a service before it runs: each use raises a 503 with the reason."""

    def __init__(self, why: str) -> None:
        self.why = why

    def __getattr__(self, name: str) -> Any:
        raise Unavailable(self.why)


class ProbesAlone:
    """Middleware that answers everything but the probes with a 503 before the service runs."""

    def __init__(self, app: Answering, service: Service) -> None:
        self._app, self._service = app, service
        self._probes = {f"/{service.name}/{probe}" for probe in PROBES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)  # the lifespan

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """The response to a request."""
        domain = self._service.domain
        if isinstance(domain, NotReady) and scope["path"] not in self._probes:
            status, headers, payload = problem_answer(Unavailable(domain.why), scope["path"])
            return status, headers, b"" if scope["method"] == "HEAD" else payload
        return await self._app.answer(scope, receive)


class Service:
    """One of the seven: an ASGI application with its resources.

    Args:
        name: which.
        settings: those of the process.
        transport: carries calls to the others, where all are in this process.
        on_failure: called if the service can never start, although its server is up already.
        hides_internal: the operations of services and operators do not exist for callers outside of this process.
    """

    def __init__(
        self,
        name: ServiceName,
        settings: Settings,
        transport: httpx.AsyncBaseTransport | None = None,
        on_failure: Callable[[BaseException], None] | None = None,
        hides_internal: bool = False,
    ) -> None:
        self.name = name
        self.domain: Any = NotReady("The service has not started.")
        self.peers: Any = self.domain
        self._issuer: Any = self.domain
        self._on_failure = on_failure
        self.settings = settings
        self.transport = transport
        self._hides_internal = hides_internal
        self._stepped_back = asyncio.Event()
        self._is_ending = False
        self.revocations = Revocations(lambda cursor: self._issuer.revocations(cursor))
        self.on_ended: Callable[[Mapping[str, float]], None] = self.revocations.add
        """Is told at once of sessions that ended in this process."""
        self._verifier = TokenVerifier(name, lambda: self._issuer.public_keys(), self.revocations)
        self.known_caller = self._verifier.known
        self.authenticate = self._verifier.verify
        self.app: ASGIApp = self._application()
        """The application that answers requests."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        await self.app(scope, receive, send)

    def _outermost(self, app: Answering) -> ASGIApp:
        # Connexion builds its stack with the first message. From then on its own application in front of it, which
        # has nothing more to do, is left out of the way of a request.
        app = ProbesAlone(app, self)
        self.app = RequestLog(app, service=self.name, trusted=self.settings.trusted_proxies)
        return self.app

    def _application(self) -> ASGIApp:
        handlers = import_module(f"{PACKAGE}.services.{self.name}.handlers")
        hold(handlers, import_module(f"minishop_contracts.interfaces.{self.name}").Handlers)

        def handler(name: str) -> Any:
            return self.readyz if name == "readyz" else getattr(handlers, name)

        settings = self.settings
        app = connexion.AsyncApp(
            PACKAGE,
            middlewares=[
                self._outermost,
                partial(
                    ContractMiddleware,
                    service=self,
                    check_responses=settings.check_responses,
                    rate_limits=settings.rate_limits,
                    hides_internal=self._hides_internal,
                ),
                LifespanMiddleware,
            ],
            lifespan=lambda _: self.starting(),
        )
        # As a dict: from a file, Connexion would put it through Jinja.
        app.add_api(document(self.name), resolver=Resolver(handler))
        return app  # type: ignore[no-any-return]

    async def readyz(self, domain: Any) -> Health:
        """Answer that the database works and tokens can be verified, or with a 503, also if the process is to end."""
        if self._is_ending:
            raise Unavailable("The process ends.")
        answer = await readyz(domain)
        await self._verifier.have_keys()
        return answer

    def withdraw(self) -> None:
        """Let the readiness probe fail from now on, because the process is to end."""
        self._is_ending = True

    @asynccontextmanager
    async def starting(self) -> AsyncIterator[None]:
        """The lifespan of a server: `running` begins beside it, again and again until the database is there and its
        schema up to date. Meanwhile `livez` is answered, and every other path is a 503 with the reason.
        """
        stop = asyncio.Event()

        def ended(task: asyncio.Task[None]) -> None:
            error = None if task.cancelled() else task.exception()
            if error is not None and self._on_failure is not None:
                self._on_failure(error)

        task = asyncio.create_task(self._run_until(stop))
        task.add_done_callback(ended)
        try:
            yield
        finally:
            stop.set()
            if isinstance(self.domain, NotReady):
                task.cancel()
            await asyncio.wait([task])

    async def joined(self) -> None:
        """Call the domain's `joined`, if it has one, after all services have started."""
        joined = getattr(self.domain, "joined", None)
        if joined is not None:
            await joined()

    def _step_back(self, why: Unavailable) -> None:
        """Answer nothing but this refusal from now on."""
        structlog.get_logger().error("numbers_behind", service=self.name, why=str(why))
        self.domain = NotReady(str(why))
        self._stepped_back.set()

    async def _run_until(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._stepped_back.clear()
            try:
                async with self.running():
                    await first_of(stop, self._stepped_back)
            except Unavailable as refusal:
                self.domain = NotReady(str(refusal))
                structlog.get_logger().warning("not_started_yet", service=self.name, why=refusal.reason)
                await asyncio.sleep(RETRY)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The database and the domain, from start to stop.

        Log lines of its tasks name the service.
        """
        outside = current_service.get()
        current_service.set(self.name)
        lifespan = import_module(f"{PACKAGE}.services.{self.name}.lifespan")
        url, settings = self.settings.database_url(self.name), self.settings
        self.domain = NotReady("The schema is being brought up to date.")
        database = await open_database(url, migrations_of(self.name), settings.database, may_migrate=settings.migrate)
        if spans.recorder is not None:
            database = traced(database)
        self.peers = Peers(self.name, self.settings, self.transport)
        try:
            resources = Resources(self.settings, database, self.peers, self._step_back, self.on_ended)
            async with lifespan.running(resources) as domain:
                self.domain = domain
                self._issuer = getattr(domain, "issuer", None) or RemoteIssuer(self.peers)
                poll = repeating(self.revocations.read, self._issuer.poll_seconds)
                async with beside(self._verifier.prepare()), poll:  # the first for long, if Auth is not up yet
                    current_service.set(outside)
                    yield
        finally:
            self._issuer = NotReady("The service does not run.")
            await self.peers.close()
            await database.close()

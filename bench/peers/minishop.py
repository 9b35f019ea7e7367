"""Minishop: the handlers of Catalog and Cart behind the kit's checks, with request logging off.

The two services stand behind one address as `minishop up` has them. `minishop_checked` and `minishop_logged` are the
same with answers checked, and with the request log.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import connexion
import httpx
from connexion.middleware.lifespan import LifespanMiddleware
from connexion.resolver import Resolver
from starlette.types import ASGIApp, Receive, Scope, Send

from bench.backend import Backend
from minishop_server.contract import ContractMiddleware
from minishop_server.kit.documents import document
from minishop_server.kit.settings import ServiceName

Layer = Callable[[ServiceName], Any]
"""A middleware around a service's checks."""


class BenchService:
    """The interface that the checks need of a service: its domain, and the caller of a token."""

    def __init__(self, name: ServiceName, domain: Any, backend: Backend) -> None:
        self.name = name
        self.domain = domain
        self.known_caller = backend.verifier.known
        self.authenticate = backend.verifier.verify


def application(backend: Backend) -> ASGIApp:
    """Without checks of answers."""
    return shop(backend, check_responses=False)


def shop(backend: Backend, *, check_responses: bool, outer: Layer | None = None) -> ASGIApp:
    """Both services, each of which has answered once before the first request, as in `minishop up`."""
    domains: dict[ServiceName, Any] = {"catalog": backend.catalog, "cart": backend.carts}
    apps: dict[str, ASGIApp] = {}
    entries: dict[str, ASGIApp] = {}
    for name, domain in domains.items():
        service = BenchService(name, domain, backend)
        checks = partial(ContractMiddleware, service=service, check_responses=check_responses, rate_limits=False)
        outermost, *inner = [checks] if outer is None else [outer(name), checks]
        noted = partial(_noted, entries, name, outermost)
        app = connexion.AsyncApp("minishop_server", middlewares=[noted, *inner, LifespanMiddleware])
        handlers = import_module(f"minishop_server.services.{name}.handlers")
        app.add_api(document(name), resolver=Resolver(partial(getattr, handlers)))
        apps[name] = app

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(apps, receive, send)
        else:
            name = scope["path"].split("/", 2)[1]
            await (entries.get(name) or apps[name])(scope, receive, send)

    return answer


def _noted(entries: dict[str, ASGIApp], name: str, layer: Any, app: ASGIApp) -> ASGIApp:
    # As the shop does: Connexion's own application is left out of the way of a request.
    entries[name] = layer(app)
    return entries[name]


async def _live(apps: dict[str, ASGIApp], receive: Receive, send: Send) -> None:
    await receive()
    for name, app in apps.items():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://minishop.internal") as http:
            (await http.get(f"/{name}/livez")).raise_for_status()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})

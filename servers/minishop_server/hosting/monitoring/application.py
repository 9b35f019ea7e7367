"""The application of the port for monitoring: `/metrics`, and the probes, which the gateway may hide."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

from minishop_client.in_process import InProcess

from ...contract.responses import Answer, problem_answer, write
from ...kit.client_address import INTERNAL
from ...kit.metrics import FAMILIES
from ...kit.problems import NotFound, Problem
from ...kit.settings import ServiceName
from ..http_server.listening import serving_beside
from ..request_log import RequestLog
from ..service import PROBES, Service
from . import process
from .exposition import CONTENT_TYPE, Family, snapshot, text, to_json
from .readings import Readings

SNAPSHOT = "/snapshot"
"""The metrics of a worker as JSON, for the process that adds them up."""
ALIVE = write(200, b'{"status":"ok"}', "application/json", {})

Routes = Mapping[str, Callable[[], Awaitable[Answer]]]
"""The response to a GET request by path."""


class Monitoring:
    """Answers these paths, and 404 for everything else."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError("The port for monitoring answers HTTP alone.")

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """The whole response to a request."""
        route = self._routes.get(scope["path"])
        if route is None or scope["method"] not in ("GET", "HEAD"):
            return problem_answer(NotFound("This port answers /metrics and the probes."), scope["path"])
        scope["operation_id"] = scope["path"].rpartition("/")[2]
        try:
            status, headers, payload = await route()
        except Problem as problem:
            return problem_answer(problem, scope["path"])
        return status, headers, b"" if scope["method"] == "HEAD" else payload


@asynccontextmanager
async def monitored(routes: Routes, listener: socket.socket) -> AsyncIterator[None]:
    """Answer these paths on the port while the block lasts."""
    async with serving_beside(RequestLog(Monitoring(routes), service="monitoring"), listener):
        yield


def of_services(application: ASGIApp, services: Mapping[ServiceName, Service], *, for_sum: bool) -> Routes:
    """The metrics and probes of this process, in which the application runs the services.

    Args:
        for_sum: the metrics are JSON, for the process that adds them up.
    """
    readings = Readings(services.values())
    http = httpx.AsyncClient(
        transport=InProcess(application, client=(INTERNAL, 0)), base_url="http://minishop.internal"
    )

    async def probe(path: str) -> Answer:
        found = await http.get(path)
        return write(found.status_code, found.content, found.headers["content-type"], {})

    async def is_alive() -> Answer:
        return ALIVE

    async def is_ready() -> Answer:
        for name in services:
            answer = await probe(f"/{name}/readyz")
            if answer[0] != 200:
                return answer
        return ALIVE

    async def measured() -> list[Family]:
        await readings.read()
        process.read()
        return snapshot(FAMILIES.values())

    async def metrics() -> Answer:
        return write(200, await text(await measured()), CONTENT_TYPE, {})

    async def as_json() -> Answer:
        return write(200, to_json(await measured()), "application/json", {})

    paths = [f"/{name}/{each}" for name in services for each in PROBES]
    probes = {path: partial(probe, path) for path in paths}
    numbers = {SNAPSHOT: as_json} if for_sum else {"/metrics": metrics}
    return {**numbers, "/livez": is_alive, "/readyz": is_ready, **probes}

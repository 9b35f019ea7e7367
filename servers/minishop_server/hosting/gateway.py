"""All seven services behind one address, in one process.

Nothing is shared but the process: each service has its database, and calls the others through the same client and the
same checks as over a network, by an in-process transport.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import httpx
from starlette.types import Receive, Scope, Send

from minishop_client.in_process import InProcess

from ..kit.client_address import INTERNAL
from ..kit.problems import Unavailable
from ..kit.request_context import passed_on
from ..kit.security_headers import OF_PAGES
from ..kit.settings import SERVICES, ServiceName
from ..services.settings import Settings
from .local_secrets import with_secrets
from .pages.pages import Pages
from .request_log import RequestLog
from .service import Service


class Gateway:
    """An ASGI application that hands each request to its service, by the first part of the path."""

    def __init__(self, settings: Settings) -> None:
        settings = with_secrets(settings)
        transport = InProcess(self, client=(INTERNAL, 0), headers=passed_on)
        self.services: dict[ServiceName, Service] = {
            name: Service(name, settings, transport, hides_internal=settings.hides_internal) for name in SERVICES
        }
        for service in self.services.values():
            service.on_ended = self._end_everywhere
        self._by_path: dict[str, Service] = dict(self.services.items())
        self._pages = RequestLog(Pages(settings.trusted_proxies), service="gateway", headers=OF_PAGES)
        self._transport = transport

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError("The gateway answers HTTP; its lifespan is `running`.")
        first = scope["path"].split("/", 2)[1] if "/" in scope["path"] else ""
        service = self._by_path.get(first)
        await (service.app if service else self._pages)(scope, receive, send)

    def _end_everywhere(self, ended: Mapping[str, float]) -> None:
        """Services of one process need not read Auth's feed to learn of it."""
        for service in self.services.values():
            service.revocations.add(ended)

    def withdraw(self) -> None:
        """See `Service.withdraw`."""
        for service in self.services.values():
            service.withdraw()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """All services, from start to stop.

        Each service has answered its probe before the first request is accepted.
        """
        async with AsyncExitStack() as stack:
            for service in self.services.values():
                await stack.enter_async_context(service.running())
            async with httpx.AsyncClient(transport=self._transport, base_url="http://minishop.internal") as http:
                for service in self.services.values():
                    with suppress(Unavailable):  # the probe of the service that stepped back says why
                        await service.joined()
                for name in SERVICES:
                    answer = await http.get(f"/{name}/readyz")
                    if not answer.is_success:
                        raise Unavailable(answer.json()["detail"])
            yield

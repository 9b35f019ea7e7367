"""Calls to the other services, through the same generated client that integrators use.

A call goes out under the caller's own token, or under the service's own; it carries the request id and the trace of the
request it serves, and a peer that cannot be reached is a 503 of ours.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import structlog

import minishop_client
from minishop_client import AsyncMinishop, ServerError, TooManyRequests
from minishop_client.connections import ShopClosed
from minishop_client.in_process import Direct, InProcess, InProcessAnswer

from . import spans
from .clock import monotonic
from .problems import Unauthorized, Unavailable
from .request_context import passed_on, request_id, trace_context
from .settings import SERVICES, ProcessSettings, ServiceName
from .tokens import Caller
from .trace_context import TraceContext, new_trace

T = TypeVar("T")
A = TypeVar("A", httpx.Response, httpx.Response | InProcessAnswer)
TIMEOUT = 10.0
LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=3.0)
"""An idle connection is closed before the other service, which drains for longer when it ends, would close it."""
BETWEEN = (502, 503, 504)
"""Statuses of a proxy that does not reach the peer, which are its own."""
INVALID_TOKEN = 'Bearer error="invalid_token"'

log = structlog.get_logger()


class Stranger(httpx.TransportError):
    """Another server answers at the address of a peer."""


class ToPeers(Direct):
    """Sends the request id and the trace along, and holds each answer to come from the service that was asked."""

    def __init__(self, urls: Mapping[str, str], transport: httpx.AsyncBaseTransport) -> None:
        self._paths = {f"{urlsplit(url).path.rstrip('/')}/{name}/": name for name, url in urls.items()}
        self._transport = transport

    async def call(self, method: str, url: str, *, seconds: float, **content: Any) -> httpx.Response:
        """See Direct.call."""
        timeout = httpx.Timeout(seconds).as_dict()
        request = httpx.Request(method, url, extensions={"timeout": timeout}, **content)
        response = await self.handle_async_request(request)
        response.request = request
        await response.aread()
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        sent = request_id.get()
        for header, value in passed_on():
            request.headers[header.decode()] = value.decode()
        response = await self._transport.handle_async_request(request)
        peer = next((name for path, name in self._paths.items() if request.url.path.startswith(path)), None)
        name = response.headers.get("Minishop-Service")
        if name == peer or response.status_code in BETWEEN:
            return response
        if name is None and response.headers.get("X-Request-Id") == sent:  # one of a version that says no name
            return response
        await response.aclose()
        setting = f"MINISHOP_{peer.upper() if peer else '…'}_URL"
        found = f"the {name} service" if name in SERVICES else "no service of the shop"
        log.warning("peer_is_a_stranger", peer=peer, setting=setting, found=found)
        raise Stranger(f"{setting} leads to another server: {found} answers there.")

    async def aclose(self) -> None:
        await self._transport.aclose()


class Spans(Direct):
    """Around a transport: each call is a span of its own, also each try of one call."""

    def __init__(self, transport: Direct) -> None:
        self._transport = transport

    async def call(self, method: str, url: str, **call: Any) -> httpx.Response | InProcessAnswer:
        """See Direct.call."""
        return await _in_span(method, url, self._transport.call(method, url, **call))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await _in_span(request.method, str(request.url), self._transport.handle_async_request(request))

    async def aclose(self) -> None:
        await self._transport.aclose()


async def _in_span(method: str, url: str, call: Awaitable[A]) -> A:
    """The answer to a call, which is in a trace of its own outside of a request."""
    outer = trace_context.get()
    trace = new_trace() if outer is None else outer.child()
    before = trace_context.set(trace)
    started, status, error = monotonic(), 0, None
    try:
        answer = await call
        status = answer.status_code
        return answer
    except BaseException as failure:
        error = type(failure).__name__
        raise
    finally:
        trace_context.reset(before)
        if trace.sampled:
            _record(method, url, trace, monotonic() - started, status, error)


def _record(method: str, url: str, trace: TraceContext, seconds: float, status: int, error: str | None) -> None:
    parts = urlsplit(url)
    attributes: dict[str, str | int] = {
        "http.request.method": method,
        "url.full": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}",  # a query may hold anything
        "server.address": parts.hostname or "",
        "server.port": parts.port or {"https": 443}.get(parts.scheme, 80),
    }
    if status:
        attributes["http.response.status_code"] = status
    if status >= 400:
        error = str(status)
    spans.record(method, "client", trace, seconds, attributes, error)


class Peers:
    """The other services, as one service sees them.

    Args:
        me: the service that calls.
        settings: where the others are, and this service's secret.
        transport: carries the calls instead of the network: all services are in this process.
    """

    def __init__(self, me: ServiceName, settings: ProcessSettings, transport: httpx.AsyncBaseTransport | None) -> None:
        self._urls: dict[str, str] = {
            name: settings.service(name).url or f"http://{name}.minishop.internal" for name in SERVICES
        }
        self._transport = Spans(
            transport  # no stranger answers in this process
            if isinstance(transport, InProcess)
            else ToPeers(self._urls, transport or httpx.AsyncHTTPTransport(limits=LIMITS))
        )
        self.anonymous = AsyncMinishop(self._urls, timeout=TIMEOUT, transport=self._transport)
        secret = settings.service(me).client_secret
        self.me = me
        self._itself = None if secret is None else self.anonymous.as_service(me, secret.get_secret_value())

    def as_caller(self, caller: Caller) -> AsyncMinishop:
        """The shop under the token that came with the request."""
        return self.anonymous.with_token(caller.token)

    def as_itself(self) -> AsyncMinishop:
        """The shop under the service's own tokens, one for each called service, fetched when needed."""
        if self._itself is None:
            raise RuntimeError(f"MINISHOP_{self.me.upper()}_CLIENT_SECRET is not set.")
        return self._itself

    async def post(self, service: ServiceName, path: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send these exact bytes, because they are signed, and return the status.

        Raises httpx.TransportError.
        """
        timeout = {"timeout": httpx.Timeout(TIMEOUT).as_dict()}
        url = self._urls[service] + path
        request = httpx.Request("POST", url, content=body, headers=headers, extensions=timeout)
        response = await self._transport.handle_async_request(request)
        await response.aread()
        await response.aclose()
        return response.status_code

    async def close(self) -> None:
        """Close the connections."""
        await self.anonymous.aclose()


async def ask(call: Awaitable[T], *, by_caller: bool = False) -> T:
    """The answer of a peer; its refusals (4xx) come through as exceptions of the client.

    Args:
        by_caller: the call carries the caller's token.

    Raises:
        Unauthorized: the peer refused the caller's token, whose session ended a moment ago.
        Unavailable: the peer cannot be reached, or fails, or refused the service's own token.
    """
    try:
        return await call
    # A service that stops, or steps back, closes its connections while it still answers requests.
    except (httpx.TransportError, ShopClosed, ServerError, TooManyRequests, minishop_client.Unauthorized) as error:
        if by_caller and isinstance(error, minishop_client.Unauthorized):
            raise Unauthorized("The token is invalid or has expired.", challenge=INVALID_TOKEN) from error
        told = str(error) if isinstance(error, Stranger) else "A part of the shop that this needs does not answer."
        raise Unavailable(told) from error

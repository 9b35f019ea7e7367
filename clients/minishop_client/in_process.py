"""Calls to an ASGI application in the same process, without a connection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import httpx

Headers = list[tuple[bytes, bytes]]
Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]

_write_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class InProcessAnswer:
    """The status, headers and body of a response, and the same as an httpx response in `whole`."""

    status_code: int
    raw_headers: Headers
    content: bytes

    def whole(self) -> httpx.Response:
        """The answer as an httpx response."""
        return httpx.Response(self.status_code, headers=self.raw_headers, content=self.content)


@dataclass(frozen=True, slots=True)
class _Origin:
    """The parts of a request that follow from scheme and host."""

    scheme: str
    server: tuple[str, int | None]
    host: tuple[bytes, bytes]
    """The header."""


class Direct(httpx.AsyncBaseTransport):
    """A transport that generated methods call without httpx's client: no cookies, redirects or hooks."""

    async def call(
        self,
        method: str,
        url: str,
        *,
        seconds: float,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        json: Any,
        data: Mapping[str, Any] | None,
    ) -> httpx.Response | InProcessAnswer:
        """The answer to a call of a generated method, with its body.

        Raises:
            httpx.TransportError: there is none, or not within these seconds.
        """
        raise NotImplementedError


class InProcess(Direct):
    """The transport of a shop in this process: `AsyncMinishop("http://shop", transport=InProcess(application))`.

    Generated methods call the application directly; every other request of httpx works too.

    Args:
        application: an ASGI application. Its exceptions are the caller's.
        client: the address that the application sees as the caller's.
        headers: called for each request; the headers to be added unless it has them, names in lower case.
    """

    def __init__(
        self,
        application: Application,
        *,
        client: tuple[str, int] = ("127.0.0.1", 123),
        headers: Callable[[], Sequence[tuple[bytes, bytes]]] = tuple,
    ) -> None:
        self._application = application
        self._client = client
        self._headers = headers

    async def call(
        self,
        method: str,
        url: str,
        *,
        seconds: float,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        json: Any,
        data: Mapping[str, Any] | None,
    ) -> InProcessAnswer:
        """See Direct.call."""
        scheme, _, rest = url.partition("://")
        place, slash, path = rest.partition("/")
        where = _origin(scheme, place)
        sent = [where.host]
        sent += [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        sent += self._headers()
        body = b""
        if json is not None:
            body = _write_json(json).encode()
            sent += [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        elif data is not None:
            body = _encoded(data)
            sent += [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"%d" % len(body))]
        query = _encoded(params) if params else b""
        deadline = asyncio.timeout(seconds)
        try:
            async with deadline:
                return await self._answer(method, where, (slash + path).encode("ascii"), query, sent, body)
        except TimeoutError as error:
            if not deadline.expired():
                raise
            raise httpx.ReadTimeout(f"{method} {slash}{path} took longer than {seconds:g} s.") from error

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx.AsyncBaseTransport."""
        url = request.url
        path = url.raw_path.partition(b"?")[0]
        sent = [(name.lower(), value) for name, value in request.headers.raw]
        names = {name for name, _ in sent}
        sent += [header for header in self._headers() if header[0] not in names]
        body = await request.aread()
        where = _origin(url.scheme, url.netloc.decode("ascii"))
        return (await self._answer(request.method, where, path, url.query, sent, body)).whole()

    async def _answer(
        self, method: str, where: _Origin, raw_path: bytes, query: bytes, headers: Headers, body: bytes
    ) -> InProcessAnswer:
        path = raw_path.decode("ascii")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": where.scheme,
            "path": unquote(path) if "%" in path else path,
            "raw_path": raw_path,
            "query_string": query,
            "root_path": "",
            "headers": headers,
            "server": where.server,
            "client": self._client,
        }
        exchange = _Exchange(body)
        await self._application(scope, exchange.receive, exchange.send)
        return exchange.answer()


class _Exchange:
    """The messages of one call."""

    def __init__(self, body: bytes) -> None:
        self._request: Message | None = {"type": "http.request", "body": body, "more_body": False}
        self._start: Message | None = None
        self._body = b""

    async def receive(self) -> Message:
        request, self._request = self._request, None
        if request is not None:
            return request
        never: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        return await never  # the caller does not go away before the answer

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._body += message.get("body", b"")

    def answer(self) -> InProcessAnswer:
        if self._start is None:
            raise RuntimeError("The application ended without an answer.")
        return InProcessAnswer(self._start["status"], list(self._start.get("headers", ())), self._body)


@lru_cache(maxsize=64)
def _origin(scheme: str, place: str) -> _Origin:
    parts = urlsplit(f"{scheme}://{place}")
    return _Origin(parts.scheme, (parts.hostname or "", parts.port), (b"host", parts.netloc.encode("ascii")))


def _encoded(values: Mapping[str, Any]) -> bytes:
    """A query or a form, as httpx writes them."""
    return urlencode({name: _text(value) for name, value in values.items()}).encode("ascii")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)

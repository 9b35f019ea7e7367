"""One connection: uvicorn's protocol, which trusts its client, with limits on an unfinished request.

The parser (httptools) reports whole header fields and pieces of a body. Between two such events it buffers the
received bytes, so they are limited here; one timer a second checks all connections together, which costs a
request nothing. See docs/adr/0010-bounded-connections.md for the alternatives.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from ...kit.clock import monotonic
from ...kit.problems import BadRequest, HeadersTooLarge, Problem, RequestTimeout, Unavailable
from ..request_log import REFUSAL
from .connections import Connections
from .cycles import Lingering, Watched, nothing

IDLE, HEAD, BODY, OVER = range(4)
"""The state of the response: nothing yet, a head, a body, or irrelevant because nothing is read any more."""
FRAMING = (b"content-length", b"transfer-encoding")
HOST = re.compile(rb"([A-Za-z0-9._~!$&'()*+,;=%-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]*)?")
"""RFC 9110, section 7.2."""


class BoundedProtocol(HttpToolsProtocol):
    """One connection of a server whose `connections` are kept within bounds together."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        connections: Connections,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.waiting_since = monotonic()
        self._all = connections
        self._bounds = connections.bounds
        self._phase = IDLE
        self._since = self.waiting_since
        """When the phase began, but for the time in which nothing was read."""
        self._hosts = self._codings = self._body = 0
        self._body_before = 0
        self._read: int | None = None
        """Bytes since the last event of the parser, or None before a request takes more than one read."""
        self._watched: Watched | None = None
        self._problem: Problem | None = None
        self._unsent, self._moved = 0, 0.0

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        refusal = self._all.admit(self)
        if refusal is not None:
            self._refuse(refusal)

    def connection_lost(self, exc: Exception | None) -> None:
        self._all.remove(self)
        super().connection_lost(exc)

    def drop(self) -> None:
        """Close the connection, of which no request is being answered."""
        self._phase = OVER
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._phase == OVER:
            return
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # to nothing: the request is answered as it is (RFC 9110, section 7.8)
        except httptools.HttpParserError:
            if self._phase != OVER:
                self._refuse(self._problem or BadRequest("This is not HTTP/1.1 as RFC 9112 describes it."))
        if self._phase == HEAD or self._phase == BODY:
            self._unfinished(len(data))

    def _unfinished(self, size: int) -> None:
        """A request is under way, after a read of this size."""
        if self._phase == BODY and self._watched is None:
            self._watched, self._read = Watched(self.cycle), None
        if self._read is None:
            self._since = monotonic()
            self._read = self._body_before = 0  # a read may begin with the end of the request before
        elif self._body != self._body_before:
            self._read, self._body_before = 0, self._body
        else:
            self._read += size
        if self._read > self._bounds.head_bytes:
            self._refuse(self._too_large())
        elif self._phase == BODY and not self.cycle.response_complete:
            self._all.hold(self, self._body)

    # Callbacks of the parser. A request that comes in one read is not counted: a read has 256 KiB at the most.

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._phase = HEAD
        self._hosts = self._codings = self._body = 0
        self._read = self._watched = None

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._phase == BODY:
            return  # a trailer, which must not be taken for a header (RFC 9110, section 6.5.1), and is of no use here
        name = name.lower()
        if name == b"host":
            self._hosts += 1 if HOST.fullmatch(value) else 2
        elif name == b"transfer-encoding":
            self._codings += 1 if value.strip().lower() == b"chunked" else 2
        elif name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        if len(self.pipeline) >= self._bounds.pipelined:
            self._problem = Unavailable("Too many requests are waiting on this connection.")
        elif len(self.url) > self._bounds.head_bytes:
            self._problem = self._too_large()  # before the target is parsed, which fails beyond 64 KiB
        if self._problem is not None:
            raise self._problem
        super().on_headers_complete()
        self._phase = BODY
        self._all.waiting.pop(self, None)
        version = self.scope["http_version"]
        if self._hosts != 1 and (self._hosts or version != "1.0"):
            self._object(BadRequest("A request has one Host header, and a well-formed one (RFC 9112, section 3.2)."))
        elif version != "1.1" and version != "1.0":
            self._object(BadRequest(f"HTTP/{version} is not spoken here."))
        elif self._codings and (self._codings > 1 or version == "1.0"):
            # A proxy in front may decode it or see another end of the body (RFC 9112, sections 6.1 and 7).
            self._object(BadRequest("The only transfer coding is `chunked`, named once in HTTP/1.1."))
        elif self.parser.should_upgrade() and any(name in FRAMING and value != b"0" for name, value in self.headers):
            # The parser treats the following bytes as another protocol, and then as another request.
            self._object(BadRequest("A request with a body is not taken with an Upgrade header."))
        elif self._all.draining:
            self.be_last()
        elif not self.cycle.keep_alive and any(name in FRAMING for name, _ in self.headers):
            self._keep_open(self.cycle)  # it may be answered before its body has come

    def _object(self, problem: Problem) -> None:
        """End the parser and answer the request, which is not being answered yet, with a problem."""
        self._phase = OVER
        self.scope[REFUSAL] = problem  # type: ignore[literal-required]
        self.cycle.keep_alive = False
        self._keep_open(self.cycle)
        raise problem

    def _too_large(self) -> Problem:
        return HeadersTooLarge(f"The target and the headers of a request may have {self._bounds.head_bytes} bytes.")

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._body += len(body)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._phase = IDLE
        if self._watched is not None:
            self._all.release(self)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._watched is not None:
            self._all.release(self)
        if self.cycle.response_complete:
            self.waiting_since = monotonic()
            self._all.waiting[self] = None

    # The end of the server

    def be_last(self) -> None:
        """See `Connection.be_last`.

        A response whose head was sent without it says nothing.
        """
        cycle = self.cycle
        if cycle is not None and not cycle.response_started and self._phase != OVER:
            cycle.keep_alive = False
            self._keep_open(cycle)

    def shutdown(self) -> None:
        """Close the connection, at once if no request is under way."""
        if self._phase != HEAD:
            super().shutdown()

    # The clock

    def tick(self, now: float, passed: float, frozen: float) -> None:
        """Check the timeouts: see `Connection.tick`."""
        bounds, transport = self._bounds, self.transport
        self._since += passed if self.flow.read_paused else frozen
        self.waiting_since += frozen
        unsent = transport.get_write_buffer_size()
        if unsent == 0 or unsent != self._unsent:
            self._unsent, self._moved = unsent, now
        elif now - self._moved > bounds.send_seconds:
            transport.abort()
            return
        if self._phase == HEAD and now - self._since > bounds.head_seconds:
            self._refuse(RequestTimeout("The head of the request did not come in time."))
        elif self._phase == BODY and now - self._since > self._body_seconds():
            self._refuse(RequestTimeout("The body of the request did not come in time."))
        elif self in self._all.waiting and self.timeout_keep_alive_task is None:
            allowed = bounds.linger_seconds if self._phase == OVER else bounds.head_seconds
            if now - self.waiting_since > allowed:
                transport.close()

    def _body_seconds(self) -> float:
        answered = self.cycle.response_complete  # the remaining input is dropped, for a limited time
        return self._bounds.body_seconds + (0 if answered else self._body / self._bounds.body_rate)

    # Refusals

    def fail(self, problem: Problem) -> None:
        """Refuse the request whose body is under way."""
        self._refuse(problem)

    def _refuse(self, problem: Problem) -> None:
        """Answer with a problem after the earlier requests, and close the connection without reading on."""
        phase, self._phase = self._phase, OVER
        if phase == BODY:
            self._all.release(self)
            if self._watched is None:
                self._watched = Watched(self.cycle)
            if self.cycle.response_complete:
                self.transport.close()
                return
            self._keep_open(self.cycle)
            self._watched.fail(problem)
            return
        if phase != HEAD:
            super().on_message_begin()
        self._describe(problem)
        earlier = self.cycle
        self.cycle = RequestResponseCycle(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=False,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=False,
            on_response=nothing,
        )
        self._keep_open(self.cycle)
        self._all.waiting.pop(self, None)
        if earlier is None or earlier.response_complete:
            self._start_asgi_task(self.cycle, self.app)
        else:
            self.pipeline.appendleft((self.cycle, self.app))

    def _describe(self, problem: Problem) -> None:
        """The scope of a request that was not understood, as far as it was."""
        path = b"/"
        self.scope["method"] = "GET"
        if self.url:
            self.scope["method"] = self.parser.get_method().decode("ascii")
            with suppress(httptools.HttpParserInvalidURLError):
                path = httptools.parse_url(self.url).path or path
        self.scope["raw_path"] = path
        self.scope["path"] = unquote(path.decode("ascii", "replace"))
        self.scope["query_string"] = b""
        self.scope[REFUSAL] = problem  # type: ignore[literal-required]

    def _keep_open(self, cycle: RequestResponseCycle) -> None:
        """Do not close the connection with the end of this cycle, the last one."""
        cycle.transport = Lingering(self.transport, self._linger)  # type: ignore[assignment]
        cycle.on_response = nothing

    def _linger(self) -> None:
        """Say that this was all, and leave the client time to read it: closing at once may lose it (RFC 9112, 9.6)."""
        self._phase = OVER
        if self.transport.can_write_eof() and not self.transport.is_closing():
            self.transport.write_eof()
        self.waiting_since = monotonic()
        self._all.waiting[self] = None

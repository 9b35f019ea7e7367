"""A service with scripted answers, over real HTTP."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = {"access_token": "token-1", "token_type": "Bearer", "expires_in": 900}


@dataclass(frozen=True)
class Reply:
    """An answer, or a broken connection for the status 0."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """A request that came."""

    route: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class Service:
    """Answers each route ("GET /cart") with its replies in turn, and then always with the last one."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.seen: list[Seen] = []
        self._replies: dict[str, list[Reply]] = defaultdict(lambda: [Reply(404, {})])
        self._lock = threading.Lock()

    def on(self, route: str, *replies: Reply) -> None:
        """Set the replies of a route."""
        self._replies[route] = list(replies)

    def routes(self) -> list[str]:
        """The requests, in order."""
        return [seen.route for seen in self.seen]

    def take(self, seen: Seen) -> Reply:
        """The reply to this request."""
        with self._lock:
            self.seen.append(seen)
            replies = self._replies[seen.route]
            return replies.pop(0) if len(replies) > 1 else replies[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement
    service: Service

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        route = f"{self.command} {self.path.partition('?')[0]}"
        reply = self.service.take(Seen(route, self.path, dict(self.headers.items()), body))
        self.close_connection = reply.status == 0
        if reply.status == 0:
            return
        text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body)
        content = b"" if reply.status == 204 else text.encode()
        self.send_response(reply.status)
        headers = {"Content-Type": "application/json", **reply.headers}
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815  (the names http.server looks for)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests look at the requests."""


@contextmanager
def running_service() -> Iterator[Service]:
    """A service on a free port, with a login that works."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    service = Service(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"service": service})
    service.on("POST /auth/login", Reply(200, TOKEN))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

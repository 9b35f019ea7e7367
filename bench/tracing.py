"""The cost of tracing: processor time of GET /catalog/products, without a server, by the share of traces recorded.

.venv/bin/python -m bench.tracing

The shares take turns, so that another load of the machine meets all of them. A receiver in another process takes the
spans; the time of the thread that sends them is counted.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import httpx

from minishop_server.hosting import otlp
from minishop_server.hosting.gateway import Gateway
from minishop_server.kit import logging, spans
from minishop_server.kit.trace_context import new_trace, received
from minishop_server.services.settings import Settings

ROUNDS, REQUESTS, UPDATES = 60, 400, 100_000
PASSWORD = "correct-horse-battery"
PARENT = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
SHARES = {"off": None, "off, with a traceparent": None, "0 %": 0.0, "1 %": 0.01, "100 %": 1.0}


class Sink(BaseHTTPRequestHandler):
    """Takes all spans."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


def receive(port: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    port.send(server.server_address[1])
    server.serve_forever()


@asynccontextmanager
async def shop(folder: Path, recorder: spans.Recorder | None) -> AsyncIterator[tuple[Gateway, bytes]]:
    """A shop with ten products, and the token of a customer."""
    spans.recorder = recorder
    gateway = Gateway(Settings(data_dir=folder, rate_limits=False))
    async with gateway.running():
        spans.recorder = None
        await gateway.services["auth"].domain.register("ada", "ada@example.com", PASSWORD, None, "customer")
        for number in range(10):
            await gateway.services["catalog"].domain.add_product(f"Keyboard {number}", 4999, 100)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(gateway), base_url="http://shop") as http:
            login = await http.post("/auth/login", json={"username": "ada", "password": PASSWORD})
        yield gateway, login.json()["access_token"].encode()


async def read(gateway: Gateway, headers: list[tuple[bytes, bytes]], number: int) -> None:
    """Ask for the products so often."""
    statuses = set[int]()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        statuses.add(message.get("status", 200))

    for _ in range(number):
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": "/catalog/products",
            "raw_path": b"/catalog/products",
            "query_string": b"",
            "root_path": "",
            "headers": headers,
            "server": ("127.0.0.1", 8000),
            "client": ("192.0.2.1", 50000),
        }
        await gateway(scope, receive, send)
        await asyncio.sleep(0)  # the turn of the loop that ends with the lines of the log
    assert statuses == {200}


async def measure(folder: Path, processor: Any) -> None:
    best = dict[str, list[float]]()
    recorders = {
        name: None if share is None else otlp.Recorder(processor, True, share) for name, share in SHARES.items()
    }
    async with shop(folder / "plain", None) as plain, shop(folder / "traced", recorders["1 %"]) as traced:
        for _ in range(ROUNDS):
            for name, recorder in recorders.items():
                gateway, token = plain if recorder is None else traced
                headers = [
                    (b"host", b"shop"),
                    (b"authorization", b"Bearer " + token),
                    (b"accept", b"application/json"),
                    (b"user-agent", b"bench"),
                ]
                if "traceparent" in name:
                    headers.append((b"traceparent", PARENT))
                spans.recorder = recorder
                before = time.process_time()
                await read(gateway, headers, REQUESTS)
                best.setdefault(name, []).append((time.process_time() - before) / REQUESTS)
        spans.recorder = None
    for name, times in best.items():
        times.sort()
        print(f"{name:24}{1e6 * times[0]:8.1f} µs at best{1e6 * times[len(times) // 2]:8.1f} µs in the median")


def updates() -> None:
    for name, work in ("a new trace", new_trace), ("a trace that goes on", lambda: received(PARENT.decode())):
        best = float("inf")
        for _ in range(5):
            before = time.process_time()
            for _ in range(UPDATES):
                work()
            best = min(best, (time.process_time() - before) / UPDATES)
        print(f"{name:24}{1e6 * best:8.2f} µs")


def main() -> None:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    receiver = context.Process(target=receive, args=(theirs,), daemon=True)
    receiver.start()
    os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = f"http://127.0.0.1:{ours.recv()}"
    logging.configure_logging("info", "json")
    updates()
    with tempfile.TemporaryDirectory() as folder:
        processor = otlp.processor()
        asyncio.run(measure(Path(folder), processor))
        processor.shutdown()
    receiver.terminate()


if __name__ == "__main__":
    main()

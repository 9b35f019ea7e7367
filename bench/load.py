"""Load: keep-alive connections over which one request follows another, counted.

Raw HTTP/1.1 on an asyncio protocol, since a client library costs more than the servers that are measured. Requests are
bytes made beforehand; of an answer, status and length are read.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast


@dataclass(frozen=True, slots=True)
class Count:
    """The result of a load."""

    requests: int
    seconds: float


class WrongAnswer(Exception):
    """A server did not answer with success, or broke off."""


class _Connection(asyncio.Protocol):
    """Sends its request again whenever it is answered, until `until` (the loop's time) or for `most` requests."""

    def __init__(self, request: bytes, until: float, most: int) -> None:
        self._request = request
        self._until = until
        self._most = most
        self._loop = asyncio.get_running_loop()
        self._received = b""
        self.answered = 0
        self.times: list[float] = []
        self.done: asyncio.Future[None] = self._loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is not a subclass
        self._send()

    def _send(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        received = self._received + data if self._received else data
        end = received.find(b"\r\n\r\n")
        if end < 0 or len(received) < end + 4 + _length(received[:end]):
            self._received = received
            return
        self._received = b""
        self.answered += 1
        self.times.append(time.perf_counter() - self._sent)
        if not received.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            self._finish(WrongAnswer(received[:15].decode("ascii", "replace")))
        elif self.answered == self._most or self._loop.time() >= self._until:
            self._finish(None)
        else:
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._finish(WrongAnswer("the connection was closed"))

    def _finish(self, error: WrongAnswer | None) -> None:
        if not self.done.done():
            self._transport.close()
            self.done.set_exception(error) if error else self.done.set_result(None)


def _length(head: bytes) -> int:
    start = head.lower().index(b"content-length:") + len(b"content-length:")
    return int(head[start : start + 12].partition(b"\r")[0])


async def load(port: int, requests: Sequence[bytes], seconds: float, most: int = 0) -> Count:
    """Send each of the requests over a connection of its own, again and again for this long.

    Args:
        most: the number of times that each is sent at most, or 0 for no limit.

    Raises WrongAnswer.
    """
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    until = loop.time() + seconds
    made = [
        await loop.create_connection(partial(_Connection, request, until, most), "127.0.0.1", port)
        for request in requests
    ]
    await asyncio.gather(*(connection.done for _, connection in made))
    return Count(sum(connection.answered for _, connection in made), time.perf_counter() - started)


async def timed(port: int, requests: Sequence[bytes], pause: float) -> list[float]:
    """The seconds that each request took on a connection of its own after a pause.

    Raises WrongAnswer.
    """
    times: list[float] = []
    loop = asyncio.get_running_loop()
    for request in requests:
        await asyncio.sleep(pause)
        _, connection = await loop.create_connection(partial(_Connection, request, 0, 1), "127.0.0.1", port)
        await connection.done
        times += connection.times
    return times


def request_bytes(method: str, target: str, token: str, body: bytes = b"") -> bytes:
    """A request of HTTP/1.1."""
    lines = [f"{method} {target} HTTP/1.1", "Host: shop", f"Authorization: Bearer {token}", "Accept: application/json"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body

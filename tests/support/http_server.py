"""A server, and raw sockets to speak to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from minishop_server.hosting.http_server.connections import Connections
from minishop_server.hosting.http_server.server import Server
from minishop_server.kit.documents import document

PROBLEM = jsonschema_rs.Draft4Validator(
    {"$ref": "#/components/schemas/Problem", "components": document("auth")["components"]}, validate_formats=True
)


@dataclass
class Answer:
    """The response to one request."""

    status: int
    headers: dict[str, str]
    body: bytes

    def problem(self) -> str:
        """The code of the problem, which is held to its schema."""
        told: dict[str, Any] = json.loads(self.body)
        PROBLEM.validate(told)
        assert "application/problem+json" == self.headers["content-type"]
        assert told["request_id"] == self.headers["x-request-id"]
        assert {"cache-control", "x-content-type-options", "minishop-service"} <= self.headers.keys()
        return str(told["code"])


class Line:
    """One connection, and nothing between the test and the bytes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self._writer = writer

    async def send(self, *pieces: str | bytes, pause: float = 0.0) -> None:
        for piece in pieces:
            self._writer.write(piece.encode() if isinstance(piece, str) else piece)
            with suppress(ConnectionError):  # refused meanwhile
                await self._writer.drain()
            await asyncio.sleep(pause)

    async def answer(self) -> Answer:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        return Answer(int(first.split()[1]), headers, body)

    async def ended(self) -> bytes:
        """The remaining input until the other side closes."""
        with suppress(ConnectionError):
            return await self.reader.read()
        return b""

    def close(self) -> None:
        self._writer.close()


@dataclass
class Served:
    """A server, and its view of its connections."""

    address: tuple[str, int]
    connections: Connections
    server: Server

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        line = Line(*await asyncio.open_connection(*self.address, limit=1 << 24))
        try:
            yield line
        finally:
            line.close()

    async def ask(self, *pieces: str | bytes, pause: float = 0.0) -> Answer:
        async with self.line() as line:
            await line.send(*pieces, pause=pause)
            return await line.answer()


Serving = Callable[..., AbstractAsyncContextManager[Served]]

"""Request lines as they come over a socket: the server's reading of them, and our answer."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from minishop_server.hosting.http_server.connections import Bounds, Connections
from minishop_server.hosting.http_server.listening import configured
from minishop_server.hosting.http_server.server import Server

Ask = Callable[[str], Awaitable[tuple[int, str]]]


async def echo_id(domain: Any, thing_id: str) -> str:
    return thing_id


async def done(domain: Any) -> str:
    return "done"


THING_ID = {"name": "thing_id", "in": "path", "required": True, "schema": {"type": "string"}}
PATHS: dict[str, Any] = {
    "/things": {"get": {"operationId": "done"}, "options": {"operationId": "done"}},
    "/things/{thing_id}": {"get": {"operationId": "echo_id", "parameters": [THING_ID]}},
}


@pytest.fixture
async def ask(serve: Any) -> AsyncIterator[Ask]:
    """Sends a request line to a server, and returns the status and the body of the answer."""
    async with _listening(serve(PATHS, echo_id=echo_id, done=done).app) as address:

        async def send(line: str) -> tuple[int, str]:
            reader, writer = await asyncio.open_connection(*address)
            writer.write(f"{line} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n".encode())
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
            writer.close()
            await writer.wait_closed()
            return int(head.split()[1]), body.decode()

        yield send


@asynccontextmanager
async def _listening(app: Any) -> AsyncIterator[tuple[str, int]]:
    """A server of the application, as the command `minishop` has it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connections = Connections(Bounds(connections=9, connections_per_address=9))
        server = Server(configured(app, connections), connections)
        serving = asyncio.create_task(server.serve([listener]))
        yield listener.getsockname()
        server.should_exit = True
        await serving


@pytest.mark.parametrize("target", ["http://shop/things", "http://another:8000/things"])
async def test_an_absolute_target_means_its_path_on_whatever_host(ask: Ask, target: str) -> None:
    assert (200, '"done"') == await ask(f"GET {target}")


async def test_a_fragment_is_no_part_of_the_path(ask: Ask) -> None:
    assert (200, '"a"') == await ask("GET /things/a#top")


async def test_an_escaped_slash_is_data_and_no_separator(ask: Ask) -> None:
    assert (200, '"a/b"') == await ask("GET /things/a%2Fb")
    assert (404, "not_found") == code_of(await ask("GET /things%2Fa"))


@pytest.mark.parametrize("path", ["/things/", "/things/a/", "//things", "/things//a", "/./things", "/a/../things"])
async def test_a_path_that_is_written_in_another_way_is_404_and_no_redirect(ask: Ask, path: str) -> None:
    assert (404, "not_found") == code_of(await ask(f"GET {path}"))


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PROPFIND", "PURGE"])
async def test_a_method_that_is_not_documented_is_405(ask: Ask, method: str) -> None:
    assert (405, "method_not_allowed") == code_of(await ask(f"{method} /things/a"))


async def test_a_documented_options_has_its_own_handler(ask: Ask) -> None:
    assert (200, '"done"') == await ask("OPTIONS /things")


async def test_options_of_the_whole_server_is_404(ask: Ask) -> None:
    assert (404, "not_found") == code_of(await ask("OPTIONS *"))


def code_of(answer: tuple[int, str]) -> tuple[int, str]:
    """The status, and the code of the problem."""
    status, body = answer
    return status, body.partition('"code":"')[2].partition('"')[0]

"""The shop as a process of the system that may have few files open, and strangers who take all they can."""

from __future__ import annotations

import resource
import socket
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests.support.processes import running

FILES = 512


def test_half_open_connections_shut_nobody_out_and_fill_no_log(tmp_path: Path) -> None:
    settings = {"MINISHOP_CONNECTIONS_PER_ADDRESS": "100000"}
    with running(tmp_path, "up", "--port", "0", settings=settings) as process, ExitStack() as stack:
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (FILES // 2, FILES))
        url = process.wait_for_address()
        address = urlsplit(url)
        for _ in range(2 * FILES):
            client = stack.enter_context(socket.create_connection((address.hostname, address.port), 10))
            client.sendall(b"GET / HTTP/1.1\r\nHost: shop\r\n")

        answers = [httpx.get(f"{url}/{service}/readyz", timeout=10) for service in ("auth", "orders")]

        assert [200, 200] == [answer.status_code for answer in answers]
        soft, _ = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
        assert FILES == soft
        assert 1 == process.log.count("connections_at_bound")
        assert len(process.log) < 10_000

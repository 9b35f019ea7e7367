"""Starts services in an instant: a process that has loaded all of Minishop, and forks services on request.

Run as a program. It reads a JSON object a line and answers with one:

    {"listen": 2}                                               {"ports": [40101, 40102]}
    {"reserve": 2}                                              {"ports": [40103, 40104]}
    {"port": 40101, "service": "orders", "log": "/…/orders.log", "settings": {"MINISHOP_…": "…", "CHAOS_…": "…"}}
                                                                {"pid": 4711}

A fork is the command `minishop serve`, with the faults of the module `faults` built in. The listening sockets
are its own: they outlive a service that is killed, as those of a service manager do, and no other takes the port. On a
reserved port the service listens itself, and the port is closed when it ends.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient`")

import alembic.command  # noqa: E402, F401
import anyio.lowlevel  # noqa: E402
import asyncpg  # noqa: E402, F401
import cryptography.hazmat.backends.openssl  # noqa: E402, F401
import httpcore  # noqa: E402, F401
import psycopg  # noqa: E402, F401
import sqlalchemy  # noqa: E402, F401
import uvicorn  # noqa: E402, F401
from argon2 import PasswordHasher  # noqa: E402

from minishop_server.commands import serve  # noqa: E402
from minishop_server.commands.main import app  # noqa: E402
from minishop_server.hosting.monitoring import application  # noqa: E402, F401
from minishop_server.hosting.service import Service  # noqa: E402
from minishop_server.kit.settings import SERVICES  # noqa: E402
from minishop_server.services.auth.passwords import hashing  # noqa: E402
from minishop_server.services.settings import Settings  # noqa: E402
from tests.chaos import faults  # noqa: E402
from tests.support.resolved_documents import resolved_once  # noqa: E402


@resolved_once()
def main() -> None:
    """Obey until there are no more orders, then end the forks too."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # no real secret, in a hurry
    hashing.hasher = lambda kib, passes: (hasher, hasher.hash("nobody"))
    anyio.run(anyio.lowlevel.checkpoint)  # imports its backend
    for service in SERVICES:
        Service(service, Settings())
        import_module(f"minishop_server.services.{service}.lifespan")
    gc.collect()
    gc.freeze()  # a collection in a fork would write to each object, and so copy its page
    listeners: dict[int, socket.socket] = {}
    children: list[int] = []
    reserved: list[socket.socket] = []
    for line in sys.stdin:
        order = json.loads(line)
        if "reserve" in order:
            new = [_reserved() for _ in range(order["reserve"])]
            reserved += new
            answer: dict[str, Any] = {"ports": [each.getsockname()[1] for each in new]}
        elif "listen" in order:
            made = [socket.create_server(("127.0.0.1", 0), backlog=2048) for _ in range(order["listen"])]
            ports = [listener.getsockname()[1] for listener in made]
            listeners |= zip(ports, made, strict=True)
            answer = {"ports": ports}
        else:
            children.append(os.fork())
            if children[-1] == 0:
                _serve(order, listeners)
            answer = {"pid": children[-1]}
        print(json.dumps(answer), flush=True)
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _reserved() -> socket.socket:
    """A port that no connection and no other program gets, but a server that listens with SO_REUSEADDR."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    return holder


def _serve(order: dict[str, Any], listeners: dict[int, socket.socket]) -> None:
    """Become a service permanently."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for place, number in (nothing, 0), (log, 1), (log, 2):
            os.dup2(place, number)
        for port, listener in listeners.items():
            if port != order["port"]:
                listener.close()
        os.environ.update(order["settings"])

        @contextmanager
        def listening(host: str, port: int) -> Iterator[socket.socket]:
            yield listeners[order["port"]]

        if order["port"] in listeners:
            serve.listening = listening
        if "CHAOS_FOLDER" in os.environ:
            faults.build_in(order["service"])
        app(["serve", order["service"], f"--port={order['port']}"])
    except BaseException:
        traceback.print_exc()  # into the log of the service
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()

"""Faults within a service, for tests only: settings `CHAOS_…` of its process.

- `CHAOS_FOLDER`: has the file `armed`, if a process is to be killed: the id of a request and the name of a moment, a
  line each. The process that is at that moment of that request, or of work that comes from it, gets a SIGKILL. Moments
  of requests whose id begins with `count` are written to the file `moments`.
- `CHAOS_RATE`: how many of its calls to others go wrong, as long as the folder has the file `faulty`.
- `CHAOS_SEED`: decides which.
- `CHAOS_LEASE`: seconds of a lease.
- `CHAOS_AHEAD`: seconds that leases and pauses of work have grown older while the process was away.

The moments are those between which something becomes true outside of the process: before a call to another service,
when it was answered, before a commit, and after it. The last one comes before the answer to the client.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from minishop_server.kit import database, peers
from minishop_server.kit.outbox import store, worker
from minishop_server.kit.request_context import request_id

NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]+-\d+|\d+")
KEYS = ("/auth/.well-known/jwks.json", "/auth/revocations", "/auth/token")
"""Calls that a process makes on demand in any request: no moments of a request."""
FINISHED: ContextVar[list[tuple[str, str]]] = ContextVar("finished")
"""Request and kind of the work whose outcome is recorded in the transaction under way."""


def build_in(service: str) -> None:
    """Patch outgoing calls and transactions."""
    folder, rate = Path(os.environ["CHAOS_FOLDER"]), float(os.environ.get("CHAOS_RATE", 0))
    chance = random.Random(f"{os.environ.get('CHAOS_SEED')} {service}")
    store.LEASE = float(os.environ.get("CHAOS_LEASE", store.LEASE))
    worker.TRY = store.LEASE * 0.75
    ahead = round(float(os.environ.get("CHAOS_AHEAD", 0)) * 1000)
    reach = partial(_reach, folder, service, Counter())
    peers.ToPeers.handle_async_request = _calls(reach, (folder / "faulty").exists, rate, chance)
    for kind in database.SqliteDatabase, database.PostgresDatabase:
        kind.shared_now = f"({kind.shared_now} + {ahead})"
        kind.transaction = _transactions(reach, kind.transaction)
    store.Store.finish = _finishing(store.Store.finish)


def _reach(folder: Path, service: str, seen: Counter[tuple[str, str]], what: str, request: str | None = None) -> None:
    """Record a moment of the process, or kill the process there if the moment is armed.

    The name of a moment contains its number among those of its kind.
    """
    request = request or request_id.get()
    if not request.startswith(("count", "victim")):
        return
    seen[request, what] += 1
    times = seen[request, what]
    moment = f"{service}: {what}" + (f" ({times})" if times > 1 else "")
    if request.startswith("count"):
        with (folder / "moments").open("a") as file:
            file.write(f"{request}\t{moment}\n")
        return
    try:
        armed = (folder / "armed").read_text()
    except FileNotFoundError:
        return
    if armed == f"{request}\n{moment}\n":
        os.kill(os.getpid(), signal.SIGKILL)


def _calls(reach: Any, faulty: Callable[[], bool], rate: float, chance: random.Random) -> Any:
    carry = peers.ToPeers.handle_async_request

    async def handle_async_request(self: Any, request: httpx.Request) -> httpx.Response:
        name = f"{request.method} {NUMBER.sub('…', request.url.path)}"
        fault = chance.choice(("refused", "lost", "503")) if chance.random() < rate and faulty() else None
        if fault == "refused":
            raise httpx.ConnectError("Refused, as a fault.")
        if fault == "503":
            return httpx.Response(503, request=request)
        if request.url.path not in KEYS:
            reach(f"before {name}")
        response = await carry(self, request)
        if fault == "lost":
            await response.aclose()
            raise httpx.ReadError("Lost, as a fault.")
        if request.url.path not in KEYS:
            reach(f"after {name}")
        return response

    return handle_async_request


def _transactions(reach: Any, begin: Any) -> Any:
    def transaction(self: Any) -> AbstractAsyncContextManager[Any]:
        return _watched(begin(self), _caller())

    @asynccontextmanager
    async def _watched(inner: Any, caller: str) -> AsyncIterator[Any]:
        FINISHED.set([])
        async with inner as connection:
            yield connection
            names = [(f"{kind} done", request) for request, kind in FINISHED.get()] or [(caller, None)]
            for name, request in names:
                reach(f"before the commit of {name}", request)
        for name, request in names:
            reach(f"after the commit of {name}", request)

    return transaction


def _caller() -> str:
    """The innermost function of a service, not of the kit, that begins a transaction."""
    frame: Any = sys._getframe(2)
    fallback = frame.f_code.co_qualname
    while frame is not None:
        module = frame.f_globals["__name__"]
        if module.startswith("minishop_server.services."):
            return str(frame.f_code.co_qualname)
        frame = frame.f_back
    return str(fallback)


def _finishing(finish: Any) -> Any:
    async def noted(self: Any, transaction: Any, done: Any) -> Any:
        FINISHED.set([(job.request_id, job.kind) for job, _ in done])
        return await finish(self, transaction, done)

    return noted

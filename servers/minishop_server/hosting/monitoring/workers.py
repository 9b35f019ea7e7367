"""The metrics of several workers as those of one process: their sum, also of workers that have ended.

Each worker shows its own on a Unix socket in a folder that only their user can open. A process of its own asks them at
every scrape. Without the counts of ended workers, a sum would fall when a worker is replaced, which Prometheus would
take for a restart of all of them.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import httpx

from ...contract.responses import Answer, write
from ...kit.problems import Unavailable
from ...kit.settings import ServiceName
from ..service import PROBES
from .application import SNAPSHOT, Routes, monitored
from .exposition import CONTENT_TYPE, Family, from_json, merged, text

NEW = ".new"
"""The suffix of a socket that does not listen yet."""
SECONDS = 5.0
"""The timeout of a worker, whose last numbers then stand for it."""


def worker_socket(folder: Path) -> socket.socket:
    """The listening socket of a new worker, under a name that no other ever has."""
    listener = socket.socket(socket.AF_UNIX)
    path = folder / secrets.token_hex(8)
    listener.bind(str(path.with_suffix(NEW)))
    listener.listen()
    path.with_suffix(NEW).rename(path)  # one that does not listen yet looks like that of a worker that was killed
    return listener


async def serve_sum(listener: socket.socket, folder: Path, services: Sequence[ServiceName]) -> None:
    """Serve the metrics and probes of the workers in a folder until a signal comes."""
    ended = asyncio.Event()
    for number in signal.SIGINT, signal.SIGTERM:
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with monitored(_Workers(folder).routes(services), listener):
        await ended.wait()


class _Workers:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = asyncio.Lock()
        self._last: dict[Path, list[Family]] = {}
        self._ended: list[Family] = []
        """The counts of workers that have ended, as of the last time that they were asked."""

    def routes(self, services: Sequence[ServiceName]) -> Routes:
        paths = [f"/{each}" for each in PROBES] + [f"/{name}/{each}" for name in services for each in PROBES]
        return {"/metrics": self._metrics, **{path: partial(self._probe, path) for path in paths}}

    async def _metrics(self) -> Answer:
        async with self._turn:  # or else two scrapes might both see a worker end
            sockets = self._sockets()
            found = await asyncio.gather(*(self._ask(path, SNAPSHOT) for path in sockets))
            for path, answer in zip(sockets, found, strict=True):
                if answer is not None and answer.is_success:
                    self._last[path] = from_json(answer.content)
            for path in self._last.keys() - set(self._sockets()):
                counts = [family for family in self._last.pop(path) if family["kind"] != "gauge"]
                self._ended = merged([self._ended, counts])
            total = merged([*self._last.values(), self._ended])
        return write(200, await text(total), CONTENT_TYPE, {})

    async def _probe(self, path: str) -> Answer:
        """The worst answer of all workers."""
        workers = self._sockets()
        found = await asyncio.gather(*(self._ask(worker, path) for worker in workers))
        if any(answer is None and worker.exists() for worker, answer in zip(workers, found, strict=True)):
            raise Unavailable("A worker does not answer.")
        worst = max((each for each in found if each is not None), key=lambda each: each.status_code, default=None)
        if worst is None:
            raise Unavailable("No worker answers.")
        return write(worst.status_code, worst.content, worst.headers["content-type"], {})

    def _sockets(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if path.suffix != NEW]

    async def _ask(self, worker: Path, path: str) -> httpx.Response | None:
        """The response of a worker, or None if it takes too long or has ended."""
        transport = httpx.AsyncHTTPTransport(uds=str(worker), verify=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://worker", timeout=SECONDS) as http:
            try:
                return await http.get(path)
            except httpx.TransportError as error:
                if _is_refused(error):
                    worker.unlink(missing_ok=True)  # noqa: ASYNC240 - it was killed, and left a name behind
        return None


def _is_refused(error: BaseException | None) -> bool:
    """Whether no process listens, as opposed to a lack of open files in this process."""
    while error is not None and not isinstance(error, ConnectionRefusedError):
        error = error.__cause__ or error.__context__
    return error is not None

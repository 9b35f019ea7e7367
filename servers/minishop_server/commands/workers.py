"""Several processes behind one listening socket, for more than one core."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import mkdtemp
from time import sleep
from typing import Annotated, NoReturn

import structlog
import typer

from ..kit.logging import configure_logging
from ..kit.settings import ServiceName
from ..services.settings import Settings
from .errors import Refusal, told_plainly
from .ports import address_of, listening_for_metrics

Workers = Annotated[
    int,
    typer.Option(
        envvar="MINISHOP_WORKERS",
        min=1,
        max=64,
        help="Processes that share the port, on PostgreSQL only. Each counts rate limits and connections by itself.",
    ),
]


@dataclass(frozen=True, slots=True)
class Worker:
    """The context of a process that runs a server.

    Attributes:
        opened: to be called when the server is open.
        is_first: whether it is the first worker.
        monitor: the socket on which it shows its metrics, or the folder for its socket if it is one of several workers.
    """

    opened: Callable[[], None]
    is_first: bool
    monitor: socket.socket | Path | None


Work = Callable[[Worker], None]
"""Runs a server."""
SIGNALS = {signal.SIGINT, signal.SIGTERM}
PAUSE = 1.0
"""Seconds before a worker starts again that has ended with an error."""


def require_postgresql(workers: int, services: Sequence[ServiceName], settings: Settings) -> None:
    """Check that several workers can share the databases.

    Raises:
        Refusal: with the settings of the databases that are SQLite files.
    """
    files = [name for name in services if not settings.database_url(name).startswith("postgres")]
    if workers == 1:
        return
    if files:
        raise Refusal(
            "Several workers need PostgreSQL, because only one process at a time can write to a SQLite file. Set "
            f"{', '.join(f'MINISHOP_{name.upper()}_DATABASE_URL' for name in files)}, or use one worker."
        )
    if not hasattr(os, "fork"):
        raise Refusal("Several workers need an operating system that can fork a process.")


def run_workers(number: int, services: Sequence[ServiceName], settings: Settings, work: Work) -> None:
    """Run `work` in so many processes until SIGINT or SIGTERM, and replace each one that ends.

    The others start when the first is open, so that it alone migrates and fills the databases.

    Raises:
        SystemExit: the first worker ended before it was open; with its exit code.
    """
    with listening_for_metrics(settings.metrics) as monitor:
        if number == 1:
            work(Worker(lambda: None, True, monitor))
            return
        configure_logging(settings.log_level, settings.log_format)
        metrics = None if monitor is None else _Metrics(monitor, Path(mkdtemp(prefix="minishop-")), services)
        try:
            _Supervisor(work, metrics, settings.drain_seconds or 0.0).run(number)
        finally:
            if metrics is not None:
                shutil.rmtree(metrics.folder)


@dataclass(frozen=True, slots=True)
class _Metrics:
    """The port for metrics, and the folder with the sockets of the workers, which only their user can open."""

    port: socket.socket
    folder: Path
    services: Sequence[ServiceName]


class _Supervisor:
    """The parent of the workers.

    Workers are process groups of their own, so that Ctrl-C reaches them once, through the parent. They also end when
    the parent is killed: the pipe `parent_alive` then has no writer any more.
    """

    def __init__(self, work: Work, metrics: _Metrics | None, drain: float) -> None:
        self._work = work
        self._metrics = metrics
        self._drain = drain
        self._workers: dict[int, Callable[[], None]] = {}
        """The function that replaces each of them if it ends."""
        self._adder = 0
        """The process that adds up the metrics, and ends last, because it answers the probes."""
        self._stopping = False
        self._opened = os.pipe()
        self._parent_alive = os.pipe()
        self._parent_died = False

    def run(self, number: int) -> None:
        for received in SIGNALS:
            signal.signal(received, self._stop)
        first = self._start(lambda: self._serve(is_first=True), again=self._serve)
        os.close(self._opened[1])
        is_open = os.read(self._opened[0], 1)
        if not is_open:
            code = os.waitstatus_to_exitcode(os.waitpid(first, 0)[1])  # negative: the number of a signal
            sys.exit(0 if self._stopping else code if code >= 0 else 128 - code)
        for _ in range(number - 1):
            self._start(self._serve, again=self._serve)
        if self._metrics is not None:
            self._adder = self._start(self._add_up, again=self._add_up)
        while self._workers:
            pid, status = os.wait()
            again = self._workers.pop(pid, None)  # None: a child that this process was born with, or an orphan of PID 1
            if self._stopping:
                self._end_adder()
            elif again is not None:
                code = os.waitstatus_to_exitcode(status)
                structlog.get_logger().error("worker_ended", pid=pid, exit_code=code)
                if code > 0:
                    sleep(PAUSE)
                new = self._start(again, again=again)
                self._adder = new if pid == self._adder else self._adder

    def _serve(self, *, is_first: bool = False) -> None:
        monitor = None if self._metrics is None else self._metrics.folder
        self._work(Worker(self._tell_open if is_first else lambda: None, is_first, monitor))

    def _add_up(self) -> None:
        assert self._metrics is not None
        signal.signal(signal.SIGINT, signal.default_int_handler)  # until the server takes signals itself
        try:
            from ..hosting.event_loop import run
            from ..hosting.monitoring.workers import serve_sum

            structlog.get_logger().info("metrics_served", url=address_of(self._metrics.port))
            run(serve_sum(self._metrics.port, self._metrics.folder, self._metrics.services))
        finally:
            if self._parent_died:  # and leaves the folder behind
                shutil.rmtree(self._metrics.folder, ignore_errors=True)

    def _start(self, run: Callable[[], None], *, again: Callable[[], None]) -> int:
        """The number of a new worker, or 0 if there are to be no more."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # or else a new worker might not be told to end
        try:
            if self._stopping:
                return 0
            pid = os.fork()
            if pid == 0:
                self._be_worker(run)
            self._workers[pid] = again
            return pid
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _stop(self, number: int, _: object) -> None:
        """Pass a signal on.

        The second one kills the workers, and so does the time limit: a worker may hang.
        """
        from ..hosting.http_server.ending import longest_end

        if self._stopping:
            self._send(signal.SIGKILL, self._workers)
            return
        self._stopping = True
        self._send(number, self._workers.keys() - {self._adder})
        self._end_adder()
        drain = self._drain if number == signal.SIGTERM else 0.0
        signal.signal(signal.SIGALRM, lambda *_: self._kill())
        signal.alarm(ceil(longest_end(drain)) + 1)

    def _kill(self) -> None:
        structlog.get_logger().error("workers_killed", pids=sorted(self._workers))
        self._send(signal.SIGKILL, self._workers)

    def _end_adder(self) -> None:
        if self._workers.keys() == {self._adder}:
            self._send(signal.SIGTERM, self._workers)

    def _send(self, number: int, pids: Collection[int]) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):  # it has ended just now
                os.kill(pid, number)

    def _be_worker(self, run: Callable[[], None]) -> NoReturn:
        code = 1
        try:
            os.setpgid(0, 0)
            for received in SIGNALS:
                signal.signal(received, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            os.close(self._parent_alive[1])
            threading.Thread(target=self._end_with_parent, daemon=True).start()
            with told_plainly():
                run()
            code = 0
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _tell_open(self) -> None:
        os.write(self._opened[1], b"o")

    def _end_with_parent(self) -> None:
        os.read(self._parent_alive[0], 1)
        self._parent_died = True
        os.kill(os.getpid(), signal.SIGINT)  # at once: another parent may want the port

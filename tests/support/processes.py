"""The command `minishop` as processes of the system."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from minishop_server.tools import processes
from minishop_server.tools.processes import PATIENCE, environment

MINISHOP = Path(sys.executable).with_name("minishop")
OPTIONS = {"COLUMNS": "200", "NO_COLOR": "1", "MINISHOP_RATE_LIMITS": "off"}
"""All requests of a test come from one address, and are not counted."""


class Process(processes.Process):
    """A running `minishop` that a test may kill."""

    def __init__(self, folder: Path, *arguments: str, settings: Mapping[str, str]) -> None:
        super().__init__(folder, *arguments, settings={**OPTIONS, **settings})

    def wait_until_printed(self, text: str) -> None:
        """Until it is in the output, with the line that it is in."""
        give_up = time.monotonic() + PATIENCE
        while "\n" not in self.output.partition(text)[2]:
            assert time.monotonic() < give_up, f"not printed: {self.output}{self.log}"
            time.sleep(0.05)

    def wait_until_ready(self, service: str) -> None:
        """Until the service and its database answer."""
        give_up = time.monotonic() + PATIENCE
        url = f"{self.wait_for_address()}/{service}/readyz"
        while httpx.get(url, timeout=PATIENCE).status_code != 200:
            assert time.monotonic() < give_up, f"{service} is not ready: {self.log}"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def interrupt(self) -> int:
        """End it by Ctrl-C and return its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def running(folder: Path, *arguments: str, settings: Mapping[str, str] | None = None) -> Iterator[Process]:
    """A `minishop`, for as long as the block lasts."""
    process = Process(folder, *arguments, settings=settings or {})
    try:
        yield process
    finally:
        process.kill()


@contextmanager
def running_shop(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[tuple[Process, str]]:
    """`minishop up` with its data in this folder, and its address."""
    with running(folder, "up", "--port", "0", "--data-dir", str(folder / "data"), settings=settings) as process:
        yield process, process.wait_for_address()


def run(
    folder: Path,
    *arguments: str,
    settings: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a `minishop` that ends by itself.

    Args:
        before: runs first in its process.
    """
    return subprocess.run(
        [MINISHOP, *arguments],
        cwd=folder,
        env=environment({**OPTIONS, **(settings or {})}),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
        preexec_fn=before,
    )


def workers_of(process: processes.Process) -> list[int]:
    """The processes that it started, the oldest first."""
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def is_running(pid: int) -> bool:
    """Whether it has not ended."""
    try:
        return "Z" != Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False

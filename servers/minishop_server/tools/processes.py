"""The command `minishop` as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from ..kit.clock import monotonic
from ..kit.problems import Unavailable

COMMAND = (sys.executable, "-c", "from minishop_server.commands.main import main; main()")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PATIENCE = 60.0
"""Seconds until a process must have printed its address."""


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process with these settings of Minishop and no others: they may name a real database."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MINISHOP_")}
    return {**inherited, **settings}


class Process:
    """A running `minishop` with its output so far.

    Its folder is created, and contains the log by default.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        settings: Mapping[str, str] | None = None,
        log: Path | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._output, self._log = folder / "out.txt", log or folder / "err.txt"
        with self._output.open("wb") as output, self._log.open("wb") as errors:
            self.process = subprocess.Popen(
                [*command, *arguments], cwd=folder, env=environment(settings or {}), stdout=output, stderr=errors
            )

    @property
    def output(self) -> str:
        return self._output.read_text("utf-8")

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    @property
    def pid(self) -> int:
        return self.process.pid

    def wait_for_address(self) -> str:
        """The address that it prints.

        Raises:
            Unavailable: it has ended, or takes too long.
        """
        give_up = monotonic() + PATIENCE
        while (found := ADDRESS.search(self.output)) is None:
            if self.process.poll() is not None or monotonic() > give_up:
                raise Unavailable(f"minishop does not start:\n{self.output}{self.log}")
            sleep(0.05)
        return found[0]

    def terminate(self) -> None:
        """End it by a signal, and wait."""
        self.process.terminate()
        self.process.wait()


@contextmanager
def running_shop(
    folder: Path, data: Path, settings: Mapping[str, str], log: Path | None = None, command: Sequence[str] = COMMAND
) -> Iterator[tuple[Process, str]]:
    """`minishop up` with its data in a folder, and its address.

    Args:
        command: another `minishop` than that of this environment.

    Raises:
        Unavailable: the shop does not start.
    """
    process = Process(folder, "up", "--port=0", f"--data-dir={data}", settings=settings, log=log, command=command)
    try:
        yield process, process.wait_for_address()
    finally:
        process.terminate()

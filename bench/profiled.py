"""`minishop` with a sampling profiler: `python bench/profiled.py FILE up …`.

Every few milliseconds of processor time, the time of the main thread since the last sample is counted for the source
file in which that thread is. SIGUSR1 writes the seconds by file to FILE, as JSON, and counts from zero again. The other
threads commit to SQLite and write mails; their time is counted as that of `threads`.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path
from types import FrameType

from minishop_server.commands.main import main

INTERVAL = 0.001
"""Seconds of processor time between samples, or the tick of the system if that is longer (often 4 ms)."""
THREADS = "threads"


class Profiler:
    """Counts from the beginning."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._clear()

    def _clear(self) -> None:
        self._spent = defaultdict[str, float](float)
        self._begin, self._last = (time.process_time(), time.thread_time()), time.thread_time()

    def sample(self, _: int, frame: FrameType | None) -> None:
        """Count the time since the last sample for the present frame."""
        now = time.thread_time()
        if frame is not None:
            self._spent[frame.f_code.co_filename] += now - self._last
        self._last = now

    def write(self, *_: object) -> None:
        """Write the file in one step."""
        process, thread = self._begin
        self._spent[THREADS] = time.process_time() - process - (time.thread_time() - thread)
        draft = self._file.with_suffix(".draft")
        draft.write_text(json.dumps(self._spent), "utf-8")
        draft.replace(self._file)
        self._clear()


if __name__ == "__main__":
    profiler = Profiler(Path(sys.argv.pop(1)))
    signal.signal(signal.SIGPROF, profiler.sample)
    signal.signal(signal.SIGUSR1, profiler.write)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    main()

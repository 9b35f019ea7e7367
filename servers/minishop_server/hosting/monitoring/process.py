"""Figures of the process itself, with the names that Prometheus' own libraries give them."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from ...kit.clock import unix_time
from ...kit.metrics import Counter, Gauge

CPU = Counter("process_cpu_seconds_total", "Seconds of processor time.", ())
MEMORY = Gauge("process_resident_memory_bytes", "Memory that is in use.")
FILES = Gauge("process_open_fds", "Open files and connections.")
MOST_FILES = Gauge("process_max_fds", "Files and connections that may be open.")
STARTED = Gauge("process_start_time_seconds", "When the youngest process started, Unix time in seconds.", merge="max")
BUILD = Gauge("minishop_build_info", "1, with the version of the server.", ("version",), merge="max")
BUILD.rows[version("minishop-server"),] = 1
STARTED.rows[()] = unix_time()

_PROC = Path("/proc/self")


def read() -> None:
    """Bring the figures up to date, those of memory and files on Linux alone."""
    spent = os.times()
    CPU.rows[()] = spent.user + spent.system
    with suppress(OSError):
        MEMORY.rows[()] = int((_PROC / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        FILES.rows[()] = len(os.listdir(_PROC / "fd"))
        import resource

        MOST_FILES.rows[()] = resource.getrlimit(resource.RLIMIT_NOFILE)[0]

"""The checks of `minishop doctor --deployment` of this machine: secrets, open files and free space."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from ...hosting.http_server.listening import raise_open_files
from ...kit.secret_files import secret_fields, variable
from ...services.settings import Settings
from .finding import Finding, Installation

OWN_FILES = 100
"""Files that a process opens beside its connections: libraries, logs, the event loop, idle connections to peers."""
LITTLE_SPACE = 1 << 30
OTHERS = 0o007


def secrets_in_variables(installation: Installation) -> Iterator[Finding]:
    """Secrets in environment variables, and files of secrets that other users can read."""
    environment = installation.environment
    names = [variable(path) for path in secret_fields(Settings)]
    if given := [name for name in names if environment.get(name)]:
        yield Finding(
            "info",
            f"environment variables contain secrets: {', '.join(given)}",
            "the container engine and the processes of the same user can read them",
            f"Write each into a file and name it in {given[0]}_FILE and its like.",
        )
    for name in names:
        file = Path(environment.get(f"{name}_FILE") or os.devnull)
        if os.name == "posix" and file.is_file() and file.stat().st_mode & OTHERS:
            why = "it contains a secret"
            yield Finding("unsafe", f"every user of this machine can read {file}", why, f"chmod o= {file}")


def open_files(installation: Installation) -> Iterator[Finding]:
    """A limit of open files that is lower than the number of connections."""
    settings = installation.settings
    limit = raise_open_files()
    wanted = settings.connections + settings.database.pool_size + OWN_FILES
    if limit < wanted:
        yield Finding(
            "unsafe",
            f"a process may open {limit} files",
            f"MINISHOP_CONNECTIONS is {settings.connections}, and a process accepts fewer connections than that",
            f"Raise the limit to {wanted}: ulimit -n, LimitNOFILE= of systemd, or the runtime of the containers.",
        )


def free_space(installation: Installation) -> Iterator[Finding]:
    """Little free space in the data folder."""
    settings = installation.settings
    folder = settings.data_dir
    if folder.is_dir() and (free := shutil.disk_usage(folder).free) < LITTLE_SPACE:
        keeps_data = any(settings.database_url(name).startswith("sqlite:") for name in installation.services)
        yield Finding(
            "unsafe" if keeps_data else "info",
            f"{folder.absolute()} has {free >> 20} MiB left",
            "a shop whose disk is full refuses writes" if keeps_data else "temporary files need room",
            "Make room, or set MINISHOP_DATA_DIR to a larger disk.",
        )


CHECKS: tuple[Callable[[Installation], Iterator[Finding]], ...] = (secrets_in_variables, open_files, free_space)

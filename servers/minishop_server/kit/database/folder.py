"""The use of a folder of SQLite files, which a restore replaces as a whole.

A process that opens a file of the folder shares a lock on the folder (flock), and a restore takes it alone. The system
releases the lock of a process that was killed. A restore that was killed while it replaced the files leaves a folder
named `UNFINISHED`, and no file is opened until that restore is completed.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import NoReturn

from .sqlite_errors import FileOutage

if sys.platform != "win32":
    import fcntl

UNFINISHED = "restore.unfinished"
"""The folder of a restore that is replacing the files, or was cut short while it did."""
IN_USE = "a shop or a command uses this folder. Stop it first."
UNDER_WAY = "a restore is under way."


class FolderLock:
    """The lock of a folder, until `release`.

    Args:
        alone: whether no other process may use the folder.

    Raises:
        FileOutage: others use the folder, or a restore of it is under way or was cut short.
    """

    def __init__(self, folder: Path, *, alone: bool = False) -> None:
        self._descriptor: int | None = None
        if sys.platform != "win32":  # where an open file cannot be replaced anyway
            self._descriptor = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(self._descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                    self._refuse(f"{folder}: {IN_USE if alone else UNDER_WAY}")
                # Some network file systems know no such lock.
        if not alone and (folder / UNFINISHED).exists():
            self._refuse(f"{folder}: a restore was cut short. Complete it: minishop restore DIR")

    def release(self) -> None:
        """Let others take the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _refuse(self, reason: str) -> NoReturn:
        self.release()
        raise FileOutage("The data folder cannot be used now.", reason=reason)

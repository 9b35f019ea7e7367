"""Passwords as Argon2id hashes (RFC 9106), computed beside the event loop."""

from __future__ import annotations

import asyncio
import ctypes
import os
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ....kit.problems import Unavailable
from ..settings import AuthSettings

# glibc's malloc would keep the 19 MiB of each thread that ever hashed; large blocks are to go back to the system.
with suppress(OSError, AttributeError, TypeError):  # another C library, or Windows
    ctypes.CDLL(None).mallopt(-3, 4 << 20)  # M_MMAP_THRESHOLD

T = TypeVar("T")
PLACES = 32
"""Requests at a time that hash a password or wait to: at 25 ms each, the last one waits for less than a second."""


def normal(password: str) -> str:
    """The form in which a password is counted and hashed: NFC, as in RFC 8265, section 4.2.2.

    It is the same for every keyboard: `é` is one character or two.
    """
    return unicodedata.normalize("NFC", password)


class Passwords:
    """Hashes few at a time, in threads: a flood of sign-ins stalls no other request.

    argon2-cffi lets go of the interpreter's lock while it computes, so that the event loop goes on.
    """

    def __init__(self, settings: AuthSettings) -> None:
        self._hasher, self._nobody = hasher(settings.argon2_kib, settings.argon2_passes)
        self._threads = ThreadPoolExecutor(settings.argon2_at_once, "argon2", _give_way)
        self._places = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for a caller that hashes or waits to; taken before anything is written.

        Raises:
            Unavailable: all are taken.
        """
        if self._places >= PLACES:
            raise Unavailable("Too many passwords are being checked.")
        self._places += 1
        try:
            yield
        finally:
            self._places -= 1

    async def hash(self, password: str) -> str:
        """The encoded hash, with its salt and parameters."""
        return await self._beside(lambda: self._hasher.hash(normal(password)))

    async def verify(self, hashed: str | None, password: str) -> bool:
        """Whether the password is right.

        It takes as long for an unknown user, whose hash is None.
        """
        return await self._beside(lambda: self._verify(hashed, normal(password)))

    def is_outdated(self, hashed: str) -> bool:
        """Whether it was made with other parameters than hashes are made with now."""
        return self._hasher.check_needs_rehash(hashed)

    def _verify(self, hashed: str | None, password: str) -> bool:
        try:
            return self._hasher.verify(hashed or self._nobody, password) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False

    async def _beside(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _give_way() -> None:
    """Let the thread of the event loop go first, where there are too few processors for both: Linux has a priority for
    each thread (setpriority(2)).
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 5)


@cache
def hasher(kib: int, passes: int) -> tuple[PasswordHasher, str]:
    """The hasher with these parameters in one lane, and the hash to verify for an unknown user."""
    hasher = PasswordHasher(time_cost=passes, memory_cost=kib, parallelism=1)
    return hasher, hasher.hash("no user has this password")

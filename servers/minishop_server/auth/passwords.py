"""Passwords as Argon2id hashes (RFC 9106), computed beside the event loop."""

from __future__ import annotations

import asyncio
import ctypes
from contextlib import suppress

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# glibc's malloc would keep the 19 MiB of each thread that ever hashed; large blocks are to go back to the system.
with suppress(OSError, AttributeError, TypeError):  # another C library, or Windows
    ctypes.CDLL(None).mallopt(-3, 4 << 20)  # M_MMAP_THRESHOLD

# OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified where there is no such user, so that the answer takes as long.
_NOBODY = _HASHER.hash("nobody has this password")
AT_ONCE = 2


class Passwords:
    """Hashes at most two at once: a flood of sign-ins takes neither the memory nor the other requests' time."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        """The encoded hash, with its salt and parameters."""
        async with self._turns:
            return await asyncio.to_thread(_HASHER.hash, password)

    async def verify(self, hashed: str | None, password: str) -> bool:
        """Whether the password is right; as slow for a user who is not there (None)."""
        async with self._turns:
            return await asyncio.to_thread(_verify, hashed, password)


def _verify(hashed: str | None, password: str) -> bool:
    try:
        return _HASHER.verify(hashed or _NOBODY, password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False

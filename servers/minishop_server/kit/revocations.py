"""The ended sessions: Auth's feed of them, read continuously, so that their access tokens are refused.

A token that has not expired may have been revoked since it was verified. Asking Auth about each would be a call more
for each request; so Auth publishes the ended sessions, as a certificate authority revokes certificates (RFC 5280,
section 5), and services read on from their last position. If that fails for too long, no token of a session is
trusted: an outage of Auth must not restore revoked access. See docs/sessions.md.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from .clock import monotonic, unix_time
from .problems import Unavailable

TRUSTED = 60.0
"""Seconds for which tokens are trusted after a look."""
PAGE = 100


class Revocation(NamedTuple):
    """A session that was ended."""

    cursor: str
    session: str
    until: float
    """Seconds since 1970: then all its access tokens have expired."""


class Revocations:
    """The sessions whose tokens hold no longer.

    Args:
        read_page: answers up to PAGE entries of the feed, those after a cursor, or the first; raises Unavailable.
    """

    def __init__(self, read_page: Callable[[str | None], Awaitable[Sequence[Revocation]]]) -> None:
        self.trusted_until = 0.0
        """The time until which the list of ended sessions is current, in seconds since 1970."""
        self.on_ended: Callable[[Collection[str]], None] = lambda sessions: None
        """Told of sessions that ended."""
        self._read_page = read_page
        self._until: dict[str, float] = {}
        self._cursor: str | None = None
        self._turn = asyncio.Lock()
        self._failed = 0.0

    def __contains__(self, session: str | None) -> bool:
        return session in self._until

    def add(self, ended: Mapping[str, float]) -> None:
        """Sessions, and until when their tokens could live."""
        self._until.update(ended)
        self.on_ended(ended.keys())

    async def be_current(self) -> None:
        """Read on, if the last read is too old; concurrent callers share the result.

        Raises:
            Unavailable: Auth does not answer.
        """
        came = monotonic()
        async with self._turn:
            if unix_time() < self.trusted_until:
                return
            if came < self._failed:
                raise Unavailable("Auth does not say which sessions have ended.")
            await self._read_on()

    async def read(self) -> None:
        """Read on from the last entry seen.

        Raises:
            Unavailable: Auth does not answer.
        """
        async with self._turn:
            await self._read_on()

    async def _read_on(self) -> None:
        started = unix_time()  # sessions that end during the read may be missing
        page: Sequence[Revocation] | None = None
        try:
            while page is None or len(page) == PAGE:
                page = await self._read_page(self._cursor)
                if page:
                    self.add({ended.session: ended.until for ended in page})
                    self._cursor = page[-1].cursor
        except Unavailable:
            self._failed = monotonic()
            raise
        self._until = {session: until for session, until in self._until.items() if until > started}
        self.trusted_until = started + TRUSTED

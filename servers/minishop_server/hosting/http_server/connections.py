"""All connections of a process: their number, and the size of their unfinished requests.

A process that has no room for one more closes the connection that has waited longest without a request, so that idle
and half-open ones never block others. A new one is refused only if all are active.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from ...kit.client_address import Network, counted_as, parsed
from ...kit.clock import monotonic
from ...kit.problems import Problem, Unavailable

KIB = 1 << 10
SILENCE = 60.0
"""Seconds between two lines of the log that say the same."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of a process for its connections."""

    connections: int
    connections_per_address: int
    head_bytes: int = 32 * KIB
    """Bytes of a head or of trailers beyond one read.

    The services themselves accept headers of 16 KiB.
    """
    head_seconds: float = 10.0
    body_seconds: float = 20.0
    """For a body, beside a second for each `body_rate` bytes of it that came."""
    body_rate: int = 16 * KIB
    unfinished_bytes: int = 64 * KIB * KIB
    """Of all bodies together that have not come whole."""
    pipelined: int = 100
    """Requests of a connection that wait for their turn."""
    send_seconds: float = 60.0
    """In which a client that is sent something takes none of it."""
    linger_seconds: float = 2.0
    """For a client to read why it was refused, before the connection is closed."""
    tick_seconds: float = 1.0
    """Between two looks at the clock."""


class Connection(Protocol):
    """The interface of one connection."""

    client: tuple[str, int] | None
    waiting_since: float

    def tick(self, now: float, passed: float, frozen: float) -> None:
        """Check the timeouts.

        Args:
            passed: seconds since the last call.
            frozen: those of them in which the process did not run.
        """

    def drop(self) -> None:
        """Close it: it has no request that is being answered."""

    def fail(self, problem: Problem) -> None:
        """Refuse the request whose body is under way."""

    def be_last(self) -> None:
        """Close the connection after the request that is being answered, if there is one, and say so."""


class Connections:
    """The connections of a process, kept within bounds.

    Args:
        trusted: the proxies that may have any number of connections.
    """

    def __init__(self, bounds: Bounds, trusted: Sequence[Network] = ()) -> None:
        self.bounds = bounds
        self.waiting: dict[Connection, None] = {}
        """Those with no request that is being answered, which have waited longest first."""
        self.open: dict[Connection, str | bytes | None] = {}
        self.by_address: dict[str | bytes, set[Connection]] = {}
        self.held: dict[Connection, int] = {}
        self.held_bytes = 0
        self.draining = False
        """Whether each response is the last one of its connection, because the server is about to end."""
        self._trusted = trusted
        self._ticked = monotonic()
        self._told: dict[str, float] = {}

    def admit(self, connection: Connection) -> Problem | None:
        """Accept a new connection, or return the refusal if there is no room for it."""
        key = self._key(connection)
        siblings = set() if key is None else self.by_address.setdefault(key, set())
        refusal = None
        while len(siblings) >= self.bounds.connections_per_address and refusal is None:
            idle = (sibling for sibling in siblings if sibling in self.waiting)
            longest = min(idle, key=lambda one: one.waiting_since, default=None)
            refusal = self._make_room(longest, "CONNECTIONS_PER_ADDRESS")
        while len(self.open) >= self.bounds.connections and refusal is None:
            refusal = self._make_room(next(iter(self.waiting), None), "CONNECTIONS")
        self.open[connection] = key
        self.waiting[connection] = None
        if key is not None:
            self.by_address.setdefault(key, set()).add(connection)
        return refusal

    def _key(self, connection: Connection) -> str | bytes | None:
        if connection.client is None:
            return None
        address = parsed(connection.client[0])
        if address is not None and any(address in network for network in self._trusted):
            return None
        return counted_as(connection.client[0])

    def _make_room(self, idle: Connection | None, setting: str) -> Problem | None:
        self._tell("connections_at_bound", setting=f"MINISHOP_{setting}")
        if idle is None:
            return Unavailable("There are too many connections.")
        idle.drop()
        self.remove(idle)
        return None

    def remove(self, connection: Connection) -> None:
        """Forget a connection that is closed."""
        self.waiting.pop(connection, None)
        self.release(connection)
        key = self.open.pop(connection, None)
        if key is not None:
            siblings = self.by_address[key]
            siblings.discard(connection)
            if not siblings:
                del self.by_address[key]

    def hold(self, connection: Connection, size: int) -> None:
        """Record the bytes of an unfinished body.

        If all unfinished bodies together exceed the bound, the oldest is refused.
        """
        self.held_bytes += size - self.held.get(connection, 0)
        self.held[connection] = size
        if self.held_bytes > self.bounds.unfinished_bytes:
            self._tell("unfinished_bodies_at_bound", bytes=self.bounds.unfinished_bytes)
            oldest = next(iter(self.held))
            self.release(oldest)
            oldest.fail(Unavailable("Too many requests are under way at once.", retry_after=5))

    def release(self, connection: Connection) -> None:
        """The body is whole, or given up."""
        self.held_bytes -= self.held.pop(connection, 0)

    def drain(self) -> None:
        """Let the next response of each connection be its last."""
        self.draining = True
        for connection in list(self.open):
            connection.be_last()

    async def tick(self) -> None:
        """Let every connection look at the clock."""
        now = monotonic()
        passed, self._ticked = now - self._ticked, now
        frozen = passed if passed > 2 * self.bounds.tick_seconds else 0.0  # nothing could be read meanwhile
        for connection in list(self.open):
            connection.tick(now, passed, frozen)

    def _tell(self, event: str, **more: object) -> None:
        now = monotonic()
        if now >= self._told.get(event, 0.0):
            self._told[event] = now + SILENCE
            structlog.get_logger().warning(event, **more)

"""Who signs tokens, as a service that verifies them sees it: Auth over the network, or a domain of this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import structlog

from minishop_client import UNSET, ApiError

from .clock import unix_time
from .clock_skew import MOST, difference
from .metrics import Gauge
from .peers import Peers, ask
from .problems import Unavailable
from .revocations import PAGE, Revocation

OFFSET = Gauge(
    "minishop_clock_offset_seconds",
    "Seconds that Auth's clock is ahead of this one, at the least; negative if it is behind.",
    ("service",),
    merge="max",
)


class Issuer(Protocol):
    """Where the public keys and the feed of ended sessions are read."""

    poll_seconds: float
    """Between two looks at the feed."""

    async def public_keys(self) -> Sequence[Mapping[str, Any]]:
        """The keys of the JWK set, unless Unavailable is raised."""
        ...

    async def revocations(self, cursor: str | None) -> Sequence[Revocation]:
        """Up to PAGE entries of the feed, those after a cursor or the first."""
        ...


class RemoteIssuer:
    """Auth, asked over the network by every service whose domain has no `issuer` of its own."""

    poll_seconds = 20.0

    def __init__(self, peers: Peers) -> None:
        self._peers = peers

    async def public_keys(self) -> Sequence[Mapping[str, Any]]:
        """See `Issuer`, and log that Auth's clock differs from ours."""
        sent = unix_time()
        found = await ask(self._peers.anonymous.auth.with_headers.get_jwks())
        seconds = self._compare(found.headers, sent)
        if seconds is not None and abs(seconds) > MOST:
            structlog.get_logger().warning("clocks_differ", auth_is_ahead_by=round(seconds))
        return [key.to_dict() for key in found.parsed.keys]

    async def revocations(self, cursor: str | None) -> Sequence[Revocation]:
        """See `Issuer`."""
        sent, after = unix_time(), UNSET if cursor is None else cursor
        try:
            found = await ask(self._peers.anonymous.auth.with_headers.list_revocations(limit=PAGE, cursor=after))
        except ApiError as refusal:  # an older Auth has no feed
            raise Unavailable("Auth does not say which sessions have ended.") from refusal
        self._compare(found.headers, sent)
        return [Revocation(each.cursor, each.session_id, each.until.timestamp()) for each in found.parsed]

    def _compare(self, headers: Mapping[str, str], sent: float) -> float | None:
        """Seconds that Auth's clock is ahead of ours, if its response tells the time."""
        seconds = difference(headers.get("Date"), sent, unix_time())
        if seconds is not None:
            OFFSET.rows[self._peers.me,] = seconds
        return seconds

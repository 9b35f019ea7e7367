"""Auth as the issuer of the tokens that it is called with itself: it reads its own database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...kit.clock import seconds_of
from ...kit.revocations import PAGE, Revocation
from .sessions.domain import Sessions
from .signing_keys.domain import SigningKeys


class OwnIssuer:
    """The public keys and the feed, for `kit.issuer.Issuer`."""

    poll_seconds = 2.0
    """Other replicas end sessions too."""

    def __init__(self, keys: SigningKeys, sessions: Sessions) -> None:
        self._keys, self._sessions = keys, sessions

    async def public_keys(self) -> Sequence[Mapping[str, Any]]:
        """See `Issuer`."""
        return await self._keys.published()

    async def revocations(self, cursor: str | None) -> Sequence[Revocation]:
        """See `Issuer`."""
        rows = await self._sessions.revocations(PAGE, None if cursor is None else int(cursor))
        return [Revocation(str(row["id"]), row["session_id"], seconds_of(row["until"])) for row in rows]

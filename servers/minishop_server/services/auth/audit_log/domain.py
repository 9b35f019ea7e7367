"""The audit log of Auth: an append-only table with actor, subject, time, address and request of each event."""

from __future__ import annotations

from collections.abc import Sequence

from ....kit.clock import DAY, moment, unix_time
from ....kit.database import Connection, Database
from ....kit.request_context import client_address, request_id
from .store import Event, EventRow, Store


class AuditLog:
    """Notes events with the address and the id of the request in flight."""

    def __init__(self, database: Database) -> None:
        self._store = Store(database)

    async def note(
        self, event: Event, *, actor: str, subject: str | None = None, within: Connection | None = None
    ) -> None:
        """Add an event.

        Args:
            actor: `user_123`, `service_orders`, `anonymous`, or `operator` for the command line.
            subject: `user_123`, the id of a session or key, or the name of a service.
            within: the transaction of the event; without it the event is committed separately.
        """
        await self._store.add(event, actor, subject, client_address(), request_id.get(), within)

    async def forget_old(self, days: int) -> None:
        """Delete the events that are older than so many days."""
        await self._store.forget(moment(unix_time() - days * DAY))

    async def events(
        self,
        limit: int,
        after: Sequence[object] | None = None,
        *,
        event: str | None = None,
        actor: str | None = None,
        subject: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[EventRow]:
        """The events, the newest first: from `since` on, and before `until` (RFC 3339, UTC).

        Args:
            after: the place of an event, by the columns of `PLACE`: the page begins after it.
        """
        return await self._store.events(limit, after, event, actor, subject, since, until)

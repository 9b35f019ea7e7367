"""All the SQL of the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict

from ....kit.clock import Timestamp, now
from ....kit.database import Connection, Database, Listing, delete_in_parts

Event = Literal[
    "signed_in",
    "denied",
    "locked_out",
    "registered",
    "role_changed",
    "disabled",
    "enabled",
    "password_changed",
    "password_reset_asked",
    "password_reset",
    "email_verified",
    "email_change_asked",
    "email_changed",
    "session_revoked",
    "sessions_revoked",
    "refresh_reused",
    "key_rotated",
    "secret_rotated",
]


class EventRow(TypedDict):
    """An event."""

    id: int
    event: Event
    actor: str
    subject: str | None
    address: str
    request_id: str
    created_at: Timestamp


PLACE: Mapping[str, type] = {"created_at": str, "id": int}
"""The columns that events are ordered by, and their types."""


class Store:
    """The SQL of events, which the database itself protects from changes.

    Only old ones may be deleted.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        event: Event,
        actor: str,
        subject: str | None,
        address: str,
        request_id: str,
        within: Connection | None,
    ) -> None:
        await (within or self._database).execute(
            """
            INSERT INTO audit (event, actor, subject, address, request_id, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            event,
            actor,
            subject,
            address,
            request_id,
            now(),
        )

    async def forget(self, before: Timestamp) -> None:
        """Delete the events before this time, which the table allows from now on."""
        await self._database.execute("UPDATE audit_start SET kept_from = $1 WHERE kept_from < $1", before)
        await delete_in_parts(self._database, "audit", "id", "WHERE created_at < $1 AND id > 0", before)

    async def events(
        self,
        limit: int,
        after: Sequence[object] | None,
        event: str | None,
        actor: str | None,
        subject: str | None,
        since: str | None,
        until: str | None,
    ) -> list[EventRow]:
        """The events that match all filters and are before `until`, the newest first."""
        always = ["id > 0"] if event is actor is subject is None else []  # the condition of an index
        listing = Listing("audit", EventRow, list(PLACE), descending=True, after=after, always=always)
        listing.where("actor = {}", actor)
        listing.where("subject = {}", subject)
        listing.of_kind("event", event)
        listing.within("created_at", ">=", since)
        listing.within("created_at", "<", until)
        return await listing.page(self._database, EventRow, limit)

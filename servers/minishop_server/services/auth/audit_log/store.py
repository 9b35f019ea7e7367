"""All the SQL of the audit log."""

from __future__ import annotations

from typing import Literal, TypedDict

from ....kit.clock import Timestamp, now
from ....kit.database import Connection, Database, columns

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


EVENT = columns(EventRow)


class Store:
    """The SQL of events, which the database itself protects from changes."""

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

    async def events(
        self,
        limit: int,
        before: int | None,
        event: str | None,
        actor: str | None,
        subject: str | None,
        since: str | None,
        until: str | None,
    ) -> list[EventRow]:
        """The events that match all filters and are before `until`, the newest first."""
        return await self._database.fetch(
            EventRow,
            f"""
            SELECT {EVENT}
            FROM audit
            WHERE (CAST($1 AS INTEGER) IS NULL OR id < $1)
                AND (CAST($2 AS TEXT) IS NULL OR event = $2)
                AND (CAST($3 AS TEXT) IS NULL OR actor = $3)
                AND (CAST($4 AS TEXT) IS NULL OR subject = $4)
                AND (CAST($5 AS TEXT) IS NULL OR created_at >= $5)
                AND (CAST($6 AS TEXT) IS NULL OR created_at < $6)
            ORDER BY id DESC
            LIMIT $7
            """,
            before,
            event,
            actor,
            subject,
            since,
            until,
            limit,
        )

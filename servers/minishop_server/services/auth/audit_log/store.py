"""All the SQL of the audit log."""

from __future__ import annotations

from ....kit.clock import now
from ....kit.database import Connection, Database, Row


class Store:
    """Events; the database itself refuses to change or delete one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        event: str,
        actor: str,
        subject: str | None,
        address: str,
        request_id: str,
        within: Connection | None,
    ) -> None:
        await (within or self._database).execute(
            "INSERT INTO audit (event, actor, subject, address, request_id, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6)",
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
    ) -> list[Row]:
        """Those that each filter lets through, the newest first; `until` is no more of it."""
        return await self._database.fetch(
            "SELECT id, event, actor, subject, address, request_id, created_at FROM audit"
            " WHERE (CAST($1 AS INTEGER) IS NULL OR id < $1)"
            " AND (CAST($2 AS TEXT) IS NULL OR event = $2)"
            " AND (CAST($3 AS TEXT) IS NULL OR actor = $3)"
            " AND (CAST($4 AS TEXT) IS NULL OR subject = $4)"
            " AND (CAST($5 AS TEXT) IS NULL OR created_at >= $5)"
            " AND (CAST($6 AS TEXT) IS NULL OR created_at < $6)"
            " ORDER BY id DESC LIMIT $7",
            before,
            event,
            actor,
            subject,
            since,
            until,
            limit,
        )

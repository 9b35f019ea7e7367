# Generated from openapi/ by scripts/generate.py: do not edit.
"""The audit log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from minishop_client.calls import (
    Call,
    given,
    read_list,
)
from minishop_client.runtime import Api, AsyncApi, Response, async_items, items
from minishop_client.values import UNSET, Unset

from .models import (
    AuditEvent,
    AuditEventKind,
)


def _list_audit_events(
    *,
    limit: int | Unset = 20,
    cursor: str | Unset = UNSET,
    event: AuditEventKind | Unset = UNSET,
    actor: str | Unset = UNSET,
    subject: str | Unset = UNSET,
    since: str | Unset = UNSET,
    until: str | Unset = UNSET,
) -> Call[list[AuditEvent]]:
    return Call(
        "GET",
        "/auth/audit",
        read_list(AuditEvent.from_dict),
        params=given(
            {
                "limit": limit,
                "cursor": cursor,
                "event": event,
                "actor": actor,
                "subject": subject,
                "since": since,
                "until": until,
            }
        ),
    )


class AuditResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def list_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> Response[list[AuditEvent]]:
        """Read the audit log."""
        return self._send(
            _list_audit_events(
                limit=limit,
                cursor=cursor,
                event=event,
                actor=actor,
                subject=subject,
                since=since,
                until=until,
            )
        )


class AuditResource(Api):
    """The audit log. Each method returns the value or raises an ApiError."""

    def list_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> list[AuditEvent]:
        """Read the audit log.

        Admins only. The events of accounts, passwords, sessions, keys and credentials of
        services, the newest first. Events are added and never changed. They are deleted after a
        year (`MINISHOP_AUTH_AUDIT_DAYS`).

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            event: The kind of event. `denied` is a failed attempt to sign in; `locked_out`
                is the last attempt before a lockout.
            actor: Only events of this actor.
            subject: Only events about this subject.
            since: Only events at or after this time.
            until: Only events before this time.
        """
        answer = self._send(
            _list_audit_events(
                limit=limit,
                cursor=cursor,
                event=event,
                actor=actor,
                subject=subject,
                since=since,
                until=until,
            )
        )
        return answer.parsed

    def iter_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> Iterator[AuditEvent]:
        """Every item of `list_audit_events`, with each page fetched on demand."""
        return items(
            lambda cursor: self._send(
                _list_audit_events(
                    cursor=cursor,
                    limit=limit,
                    event=event,
                    actor=actor,
                    subject=subject,
                    since=since,
                    until=until,
                )
            )
        )


class AsyncAuditResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def list_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> Response[list[AuditEvent]]:
        """Read the audit log."""
        return await self._send(
            _list_audit_events(
                limit=limit,
                cursor=cursor,
                event=event,
                actor=actor,
                subject=subject,
                since=since,
                until=until,
            )
        )


class AsyncAuditResource(AsyncApi):
    """The audit log. Each method returns the value or raises an ApiError."""

    async def list_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> list[AuditEvent]:
        """Read the audit log.

        Admins only. The events of accounts, passwords, sessions, keys and credentials of
        services, the newest first. Events are added and never changed. They are deleted after a
        year (`MINISHOP_AUTH_AUDIT_DAYS`).

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            event: The kind of event. `denied` is a failed attempt to sign in; `locked_out`
                is the last attempt before a lockout.
            actor: Only events of this actor.
            subject: Only events about this subject.
            since: Only events at or after this time.
            until: Only events before this time.
        """
        answer = await self._send(
            _list_audit_events(
                limit=limit,
                cursor=cursor,
                event=event,
                actor=actor,
                subject=subject,
                since=since,
                until=until,
            )
        )
        return answer.parsed

    def iter_audit_events(
        self,
        *,
        limit: int | Unset = 20,
        event: AuditEventKind | Unset = UNSET,
        actor: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        since: str | Unset = UNSET,
        until: str | Unset = UNSET,
    ) -> AsyncIterator[AuditEvent]:
        """Every item of `list_audit_events`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(
                _list_audit_events(
                    cursor=cursor,
                    limit=limit,
                    event=event,
                    actor=actor,
                    subject=subject,
                    since=since,
                    until=until,
                )
            )
        )

# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.audit_event_kind import AuditEventKind, check_audit_event_kind
from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="AuditEvent")


@_attrs_define
class AuditEvent:
    """Something that happened."""

    id: int
    """ The number of the event. """
    event: AuditEventKind
    """ What happened. `denied` is a failed attempt to sign in, `locked_out` the last one that is allowed. """
    actor: str
    """ `user_123`, `service_orders`, `anonymous`, `operator`, or the id of a session or of a key. """
    address: str = _attrs_field(repr=False)
    """ Where the request came from. """
    request_id: str
    """ Names one request. """
    created_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    subject: str | Unset = UNSET
    """ `user_123`, `service_orders`, `anonymous`, `operator`, or the id of a session or of a key. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        event: str = self.event

        actor = self.actor

        address = self.address

        request_id = self.request_id

        created_at = self.created_at.isoformat()

        subject = self.subject

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "event": event,
                "actor": actor,
                "address": address,
                "request_id": request_id,
                "created_at": created_at,
            }
        )
        if subject is not UNSET:
            field_dict["subject"] = subject

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = required(d, "id")

        event = check_audit_event_kind(required(d, "event"))

        actor = required(d, "actor")

        address = required(d, "address")

        request_id = required(d, "request_id")

        created_at = datetime.datetime.fromisoformat(required(d, "created_at"))

        subject = optional(d, "subject")

        audit_event = cls(
            id=id,
            event=event,
            actor=actor,
            address=address,
            request_id=request_id,
            created_at=created_at,
            subject=subject,
        )

        return audit_event

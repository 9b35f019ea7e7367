# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import required

T = TypeVar("T", bound="Session")


@_attrs_define
class Session:
    """What began with a login."""

    session_id: str
    """ Names a session, as the claim `sid` of its access tokens does; gives no access. """
    created_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    last_used_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    expires_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    address: str = _attrs_field(repr=False)
    """ Where the login came from. """
    current: bool
    """ Whether this request is part of it. """

    def to_dict(self) -> dict[str, Any]:
        session_id = self.session_id

        created_at = self.created_at.isoformat()

        last_used_at = self.last_used_at.isoformat()

        expires_at = self.expires_at.isoformat()

        address = self.address

        current = self.current

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "session_id": session_id,
                "created_at": created_at,
                "last_used_at": last_used_at,
                "expires_at": expires_at,
                "address": address,
                "current": current,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        session_id = required(d, "session_id")

        created_at = datetime.datetime.fromisoformat(required(d, "created_at"))

        last_used_at = datetime.datetime.fromisoformat(required(d, "last_used_at"))

        expires_at = datetime.datetime.fromisoformat(required(d, "expires_at"))

        address = required(d, "address")

        current = required(d, "current")

        session = cls(
            session_id=session_id,
            created_at=created_at,
            last_used_at=last_used_at,
            expires_at=expires_at,
            address=address,
            current=current,
        )

        return session

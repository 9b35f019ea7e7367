# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import required

T = TypeVar("T", bound="Revocation")


@_attrs_define
class Revocation:
    """A session that was ended."""

    cursor: str
    """ A place in a list. Feeds still take those of version 1, which begin with `c_`. """
    session_id: str
    """ Names a session, as the claim `sid` of its access tokens does; gives no access. """
    until: datetime.datetime
    """ RFC 3339, in UTC, to the second. """

    def to_dict(self) -> dict[str, Any]:
        cursor = self.cursor

        session_id = self.session_id

        until = self.until.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cursor": cursor,
                "session_id": session_id,
                "until": until,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cursor = required(d, "cursor")

        session_id = required(d, "session_id")

        until = datetime.datetime.fromisoformat(required(d, "until"))

        revocation = cls(
            cursor=cursor,
            session_id=session_id,
            until=until,
        )

        return revocation

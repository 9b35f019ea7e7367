# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.role import Role, check_role
from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="UserSummary")


@_attrs_define
class UserSummary:
    """An account, without what others need not know."""

    id: int
    """ The number of a user; the token's `sub` is `user_` and this number. """
    username: str
    """ What a user signs in with. """
    role: Role
    """ What a user may do. """
    created_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    disabled: bool | Unset = UNSET
    """ Whether it cannot sign in; told to services and admins. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        username = self.username

        role: str = self.role

        created_at = self.created_at.isoformat()

        disabled = self.disabled

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "username": username,
                "role": role,
                "created_at": created_at,
            }
        )
        if disabled is not UNSET:
            field_dict["disabled"] = disabled

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = required(d, "id")

        username = required(d, "username")

        role = check_role(required(d, "role"))

        created_at = datetime.datetime.fromisoformat(required(d, "created_at"))

        disabled = optional(d, "disabled")

        user_summary = cls(
            id=id,
            username=username,
            role=role,
            created_at=created_at,
            disabled=disabled,
        )

        return user_summary

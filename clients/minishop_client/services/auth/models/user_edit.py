# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.role import Role, check_role
from ..types import UNSET, Unset, optional

T = TypeVar("T", bound="UserEdit")


@_attrs_define
class UserEdit:
    """What changes; what is left out stays."""

    role: Role | Unset = UNSET
    """ What a user may do. """
    disabled: bool | Unset = UNSET
    """ Whether it cannot sign in. """

    def to_dict(self) -> dict[str, Any]:
        role: str | Unset = UNSET
        if not isinstance(self.role, Unset):
            role = self.role

        disabled = self.disabled

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if role is not UNSET:
            field_dict["role"] = role
        if disabled is not UNSET:
            field_dict["disabled"] = disabled

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _role = optional(d, "role")
        role: Role | Unset
        if isinstance(_role, Unset):
            role = UNSET
        else:
            role = check_role(_role)

        disabled = optional(d, "disabled")

        user_edit = cls(
            role=role,
            disabled=disabled,
        )

        return user_edit

# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import required

T = TypeVar("T", bound="PasswordChange")


@_attrs_define
class PasswordChange:
    """The password that is, and the one that shall be."""

    old_password: str = _attrs_field(repr=False)
    """ The password of the account. """
    new_password: str = _attrs_field(repr=False)
    """ At least twelve characters, any characters, counted in the normal form NFC of Unicode. """

    def to_dict(self) -> dict[str, Any]:
        old_password = self.old_password

        new_password = self.new_password

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "old_password": old_password,
                "new_password": new_password,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        old_password = required(d, "old_password")

        new_password = required(d, "new_password")

        password_change = cls(
            old_password=old_password,
            new_password=new_password,
        )

        return password_change
